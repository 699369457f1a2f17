package io.actormesh.runtime.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pekko.pattern.StatusReply;

/** Finds the reply ref of a message, and what it is sent. */
final class ReplyReader {
  private final ShapeReader shapes;
  private final StreamReader streams;
  private final Findings findings;

  ReplyReader(ShapeReader shapes, StreamReader streams, Findings findings) {
    this.shapes = shapes;
    this.streams = streams;
    this.findings = findings;
  }

  /** Position of the reply ref, or {@link RecordAccess#NO_REPLY}. */
  int indexIn(Class<?> message) {
    RecordComponent[] components = message.getRecordComponents();
    int[] refs =
        IntStream.range(0, components.length)
            .filter(i -> CompositeReader.isActorRef(components[i].getGenericType()))
            .toArray();
    for (int i = 1; i < refs.length; i++) {
      findings.add(
          message.getSimpleName() + "." + components[refs[i]].getName(),
          "a second ActorRef beside " + components[refs[0]].getName(),
          "keep one reply ref; make the other reply a part of the first, or a sealed reply type");
    }
    return refs.length == 0 ? Supplied.NONE : refs[0];
  }

  Optional<Operation.Reply> read(Class<?> message, int index) {
    if (index == Supplied.NONE) {
      return Optional.of(new Operation.Reply(ReplyKind.NONE, null, null, null));
    }
    RecordComponent component = message.getRecordComponents()[index];
    String where = message.getSimpleName() + "." + component.getName();
    Optional<Type> sent = argumentOf(component.getGenericType(), where);
    if (sent.isPresent() && TypeResolver.rawOf(sent.get()) == StatusReply.class) {
      return argumentOf(sent.get(), where).flatMap(type -> reply(ReplyKind.STATUS, type, where));
    }
    return sent.flatMap(type -> reply(ReplyKind.PLAIN, type, where));
  }

  private Optional<Operation.Reply> reply(ReplyKind kind, Type type, String where) {
    if (StreamTypes.isSource(type)) {
      return streams
          .elementOf(type, where)
          .map(element -> new Operation.Reply(kind, type, null, element));
    }
    return shapes.readReply(type, where).map(shape -> new Operation.Reply(kind, type, shape, null));
  }

  private Optional<Type> argumentOf(Type generic, String where) {
    if (generic instanceof ParameterizedType parameterized) {
      return Optional.of(parameterized.getActualTypeArguments()[0]);
    }
    findings.add(
        where,
        "raw type " + TypeResolver.rawOf(generic).getSimpleName(),
        "give the reply's type, such as ActorRef<Reply>");
    return Optional.empty();
  }
}
