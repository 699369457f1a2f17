package io.actormesh.runtime.contract;

import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.jspecify.annotations.Nullable;

/** Reads the shape of a type; whatever cannot travel becomes a finding. One per contract. */
final class ShapeReader {
  private final Findings findings;
  private final TypeResolver resolver;
  private final Map<Resolved, Shape> known = new LinkedHashMap<>();
  private final CompositeReader composites;
  private final UnionReader unions;

  ShapeReader(Findings findings) {
    this.findings = findings;
    this.resolver = new TypeResolver(findings);
    this.composites = new CompositeReader(this, findings);
    this.unions = new UnionReader(this, findings);
  }

  /**
   * A reply, or an element of a stream, where {@code Done} and {@code NotUsed} mean an empty one.
   */
  Optional<Shape> readReply(Type type, String where) {
    if (type == Done.class) {
      return Optional.of(new Shape.Nothing(Done.class, Done.getInstance()));
    }
    if (type == NotUsed.class) {
      return Optional.of(new Shape.Nothing(NotUsed.class, NotUsed.getInstance()));
    }
    return read(type, Map.of(), where);
  }

  /** Empty if the type cannot travel; the finding is noted then. */
  Optional<Shape> read(Type type, Map<TypeVariable<?>, Resolved> variables, String where) {
    if (CompositeReader.isActorRef(type) || StreamTypes.isSource(type)) {
      Unsupported.report(TypeResolver.rawOf(type), where, findings);
      return Optional.empty();
    }
    return resolver.resolve(type, variables, where).flatMap(resolved -> read(resolved, where));
  }

  CompositeShape readMessage(Class<?> message, Supplied supplied) {
    CompositeShape shape = new CompositeShape(message);
    composites.completeMessage(
        shape, new Resolved(message, List.of()), supplied, message.getSimpleName());
    return shape;
  }

  /** Looks for records that always hold themselves; called once all types are read. */
  void checkRecursion() {
    Heights heights = new Heights(known.values());
    for (Shape shape : known.values()) {
      if (!heights.isFinite(shape)) {
        findings.add(
            shape.rawType().getSimpleName(),
            "it always holds itself, so no value of it can be made",
            "let it hold itself through Optional, List, or a component annotated @Nullable");
      } else if (shape instanceof UnionShape union) {
        union.completeSimplest(heights.simplestOf(union));
      }
    }
  }

  Optional<Shape> read(Resolved type, String where) {
    Class<?> raw = type.raw();
    Optional<Shape> scalar = Scalars.shapeOf(raw);
    if (scalar.isPresent()) {
      return scalar;
    }
    if (raw.isEnum()) {
      return Optional.of(constants(raw));
    }
    if (raw == Optional.class || raw == List.class || raw == Set.class || raw == Map.class) {
      return container(type, where);
    }
    return structured(type, where);
  }

  private static Shape constants(Class<?> raw) {
    return new Shape.Constants(
        raw, Arrays.stream(raw.getEnumConstants()).<Enum<?>>map(c -> (Enum<?>) c).toList());
  }

  private Optional<Shape> container(Resolved type, String where) {
    Class<?> raw = type.raw();
    if (raw == Map.class) {
      return map(type, where);
    }
    Resolved argument = type.arguments().get(0);
    if (raw == Optional.class) {
      return maybe(argument, where);
    }
    return read(argument, where + "[]").map(element -> new Shape.Items(raw, element));
  }

  private Optional<Shape> maybe(Resolved argument, String where) {
    if (argument.raw() == Optional.class) {
      findings.add(where, "an Optional of an Optional", "use one Optional");
      return Optional.empty();
    }
    return read(argument, where).map(Shape.Maybe::new);
  }

  private Optional<Shape> map(Resolved type, String where) {
    Resolved key = type.arguments().get(0);
    Optional<Shape> value = read(type.arguments().get(1), where + "{}");
    if (!Scalars.isMapKey(key.raw())) {
      findings.add(
          where,
          "a map key of type " + key,
          "use a String, an enum, a number or a UUID as key, or a List of records");
      return Optional.empty();
    }
    return read(key, where).flatMap(k -> value.map(v -> new Shape.Entries(k, v)));
  }

  /** A record or a sealed interface. It is known before it is complete, for it may hold itself. */
  private Optional<Shape> structured(Resolved type, String where) {
    @Nullable Shape seen = known.get(type);
    if (seen != null) {
      return Optional.of(seen);
    }
    Class<?> raw = type.raw();
    if (raw.isRecord()) {
      CompositeShape shape = new CompositeShape(raw);
      known.put(type, shape);
      composites.complete(shape, type, where);
      return Optional.of(shape);
    }
    if (raw.isInterface() && raw.isSealed()) {
      UnionShape shape = new UnionShape(raw);
      known.put(type, shape);
      unions.complete(shape, type, where);
      return Optional.of(shape);
    }
    Unsupported.report(raw, where, findings);
    return Optional.empty();
  }
}
