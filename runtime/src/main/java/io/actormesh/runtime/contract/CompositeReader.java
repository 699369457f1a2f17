package io.actormesh.runtime.contract;

import io.actormesh.runtime.contract.CompositeShape.Component;
import java.lang.annotation.Annotation;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Reads the components of a record. */
final class CompositeReader {
  private final ShapeReader shapes;
  private final Findings findings;

  CompositeReader(ShapeReader shapes, Findings findings) {
    this.shapes = shapes;
    this.findings = findings;
  }

  static boolean isActorRef(Type type) {
    return ActorRef.class.isAssignableFrom(TypeResolver.rawOf(type));
  }

  /** Fills the shape of a message; its refs and streams are judged by whoever looks for them. */
  void completeMessage(CompositeShape shape, Resolved type, Supplied supplied, String where) {
    complete(
        shape,
        type,
        supplied,
        where,
        component -> isActorRef(component) || StreamTypes.isSource(component));
  }

  /** Fills the shape of a record that is a part of a message or reply. */
  void complete(CompositeShape shape, Resolved type, String where) {
    complete(shape, type, Supplied.NOTHING, where, component -> false);
  }

  private void complete(
      CompositeShape shape,
      Resolved type,
      Supplied supplied,
      String where,
      Predicate<Type> leftOut) {
    Map<TypeVariable<?>, Resolved> variables = TypeResolver.variablesOf(type);
    RecordComponent[] declared = type.raw().getRecordComponents();
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < declared.length; i++) {
      if (!leftOut.test(declared[i].getGenericType())) {
        component(declared[i], i, variables, where + "." + declared[i].getName())
            .ifPresent(components::add);
      }
    }
    checkTags(components, where);
    bind(shape, components, supplied, where);
  }

  private Optional<Component> component(
      RecordComponent declared, int index, Map<TypeVariable<?>, Resolved> variables, String where) {
    Type type = declared.getGenericType();
    return shapes
        .read(type, variables, where)
        .map(
            shape ->
                new Component(
                    declared.getName(),
                    type,
                    shape,
                    isRequired(declared, shape),
                    WireNames.tag(declared.getName()),
                    index));
  }

  private static boolean isRequired(RecordComponent declared, Shape shape) {
    boolean hasEmpty =
        shape instanceof Shape.Maybe
            || shape instanceof Shape.Items
            || shape instanceof Shape.Entries;
    return !hasEmpty && !isNullable(declared);
  }

  private static boolean isNullable(RecordComponent declared) {
    return Stream.of(declared.getAnnotations(), declared.getAnnotatedType().getAnnotations())
        .flatMap(Stream::of)
        .map(Annotation::annotationType)
        .anyMatch(type -> type.getSimpleName().equals("Nullable"));
  }

  private void checkTags(List<Component> components, String where) {
    Map<Integer, String> names = new HashMap<>();
    for (Component component : components) {
      @Nullable String other = names.put(component.tag(), component.name());
      if (other != null) {
        findings.add(
            where,
            "components " + other + " and " + component.name() + " share one number on the wire",
            "rename one of them");
      }
    }
  }

  private void bind(
      CompositeShape shape, List<Component> components, Supplied supplied, String where) {
    try {
      shape.complete(components, RecordAccess.of(shape.rawType(), supplied));
    } catch (ReflectiveOperationException | InaccessibleObjectException refused) {
      findings.add(
          where,
          "record "
              + shape.rawType().getSimpleName()
              + " is not accessible: "
              + refused.getMessage(),
          "make it public, or open its package to io.actormesh.runtime");
    }
  }
}
