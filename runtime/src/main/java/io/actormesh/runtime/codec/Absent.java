package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.Shape;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is not on the wire: nulls, empty optionals and empty collections are left out, and what is
 * missing, also because an older node does not know it, is empty, null or zero.
 */
final class Absent {
  private static final Map<Class<?>, Object> ZEROS =
      Map.of(
          boolean.class,
          false,
          byte.class,
          (byte) 0,
          short.class,
          (short) 0,
          int.class,
          0,
          long.class,
          0L,
          float.class,
          0f,
          double.class,
          0d,
          char.class,
          (char) 0);

  private Absent() {}

  static boolean isAbsent(@Nullable Object value) {
    return value == null
        || (value instanceof Optional<?> optional && optional.isEmpty())
        || (value instanceof Collection<?> collection && collection.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  static @Nullable Object standIn(Shape shape) {
    if (shape instanceof Shape.Maybe) {
      return Optional.empty();
    }
    if (shape instanceof Shape.Items items) {
      return items.rawType() == Set.class ? Set.of() : List.of();
    }
    return shape instanceof Shape.Entries ? Map.of() : ZEROS.get(shape.rawType());
  }
}
