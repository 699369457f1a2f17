package io.actormesh.runtime.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;

/** Finds the streamed argument of a message, and what a stream carries. */
final class StreamReader {
  private final ShapeReader shapes;
  private final Findings findings;

  StreamReader(ShapeReader shapes, Findings findings) {
    this.shapes = shapes;
    this.findings = findings;
  }

  /** Position of the streamed argument, or {@link Supplied#NONE}. */
  int indexIn(Class<?> message) {
    RecordComponent[] components = message.getRecordComponents();
    int[] sources =
        IntStream.range(0, components.length)
            .filter(i -> StreamTypes.isSource(components[i].getGenericType()))
            .toArray();
    for (int i = 1; i < sources.length; i++) {
      findings.add(
          where(message, components[sources[i]]),
          "a second Source beside " + components[sources[0]].getName(),
          "keep one; let its elements be a sealed interface of what the two would carry");
    }
    return sources.length == 0 ? Supplied.NONE : sources[0];
  }

  /** Empty if there is none, or if it is none that can travel. */
  Optional<Operation.Argument> readArgument(Class<?> message, Supplied supplied) {
    if (supplied.argument() == Supplied.NONE) {
      return Optional.empty();
    }
    RecordComponent component = message.getRecordComponents()[supplied.argument()];
    String where = where(message, component);
    if (supplied.reply() == Supplied.NONE) {
      findings.add(
          where,
          "a Source in a one-way message",
          "add a reply, such as ActorRef<Done> replyTo: it says when the stream has been taken");
    }
    return elementOf(component.getGenericType(), where)
        .map(element -> new Operation.Argument(component.getName(), element));
  }

  /** What a {@code Source} carries. */
  Optional<Shape> elementOf(Type source, String where) {
    if (StreamTypes.isScala(source)) {
      findings.add(where, "a Source of Pekko's Scala DSL", "use " + StreamTypes.EXPECTED);
      return Optional.empty();
    }
    if (!(source instanceof ParameterizedType generic)) {
      findings.add(where, "raw type Source", "give its type arguments: Source<T, NotUsed>");
      return Optional.empty();
    }
    checkMaterialized(generic.getActualTypeArguments()[1], where);
    return shapes.readReply(generic.getActualTypeArguments()[0], where + "[]");
  }

  private void checkMaterialized(Type materialized, String where) {
    if (materialized != NotUsed.class) {
      findings.add(
          where,
          "a Source that materializes " + materialized.getTypeName(),
          "declare Source<T, NotUsed>; give the value away with"
              + " mapMaterializedValue(ignored -> NotUsed.getInstance())");
    }
  }

  private static String where(Class<?> message, RecordComponent component) {
    return message.getSimpleName() + "." + component.getName();
  }
}
