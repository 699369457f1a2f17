package io.actormesh.runtime.contract;

import java.util.List;

/**
 * How a value of a contract is built, down to its scalars. A contract reads the shapes of its
 * messages and replies once; codecs and checks are built from them, so nothing that no contract
 * names can ever be instantiated. Immutable and safe for use by any thread.
 */
public sealed interface Shape
    permits Shape.Scalar,
        Shape.Constants,
        Shape.Maybe,
        Shape.Items,
        Shape.Entries,
        Shape.Nothing,
        CompositeShape,
        UnionShape {

  /** The Java class of such values. */
  Class<?> rawType();

  /**
   * A value without parts: a primitive or its box, {@code String}, a big number, {@code UUID}, a
   * {@code java.time} value or an array of primitives.
   *
   * @param rawType its class; a primitive's own class when the component is primitive
   * @param name its name in schemas, the same for a primitive and its box
   */
  record Scalar(Class<?> rawType, String name) implements Shape {}

  /**
   * An enum; its constants travel by name.
   *
   * @param rawType the enum
   * @param constants its constants in declaration order
   */
  record Constants(Class<?> rawType, List<Enum<?>> constants) implements Shape {
    /** Copies the list. */
    public Constants {
      constants = List.copyOf(constants);
    }
  }

  /**
   * An {@code Optional}.
   *
   * @param value what it may hold
   */
  record Maybe(Shape value) implements Shape {
    @Override
    public Class<?> rawType() {
      return java.util.Optional.class;
    }
  }

  /**
   * A {@code List} or a {@code Set}.
   *
   * @param rawType which of the two
   * @param element what it holds
   */
  record Items(Class<?> rawType, Shape element) implements Shape {}

  /**
   * A {@code Map}.
   *
   * @param key a {@code String}, number or {@code UUID} as scalar, or an enum
   * @param value what it maps to
   */
  record Entries(Shape key, Shape value) implements Shape {
    @Override
    public Class<?> rawType() {
      return java.util.Map.class;
    }
  }

  /**
   * A reply that says nothing but that it came: {@code Done} or {@code NotUsed}.
   *
   * @param rawType which of the two
   * @param instance its only value
   */
  record Nothing(Class<?> rawType, Object instance) implements Shape {}
}
