package io.actormesh.runtime.contract;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values without parts that every codec can carry, and their names in schemas. */
final class Scalars {
  private static final Map<Class<?>, String> NAMES = names();
  private static final Set<Class<?>> KEYS =
      Set.of(
          String.class,
          UUID.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class);

  private Scalars() {}

  static Optional<Shape> shapeOf(Class<?> type) {
    @Nullable String name = NAMES.get(type);
    return name == null ? Optional.empty() : Optional.of(new Shape.Scalar(type, name));
  }

  static boolean isMapKey(Class<?> type) {
    return type.isEnum() || KEYS.contains(type);
  }

  private static Map<Class<?>, String> names() {
    Map<Class<?>, String> names = new HashMap<>();
    names.put(Boolean.class, "boolean");
    names.put(Byte.class, "byte");
    names.put(Short.class, "short");
    names.put(Integer.class, "int");
    names.put(Long.class, "long");
    names.put(Float.class, "float");
    names.put(Double.class, "double");
    names.put(Character.class, "char");
    for (Class<?> primitive :
        List.of(
            boolean.class,
            byte.class,
            short.class,
            int.class,
            long.class,
            float.class,
            double.class,
            char.class)) {
      names.put(primitive, primitive.getName());
      names.put(primitive.arrayType(), primitive.getName() + "-array");
    }
    for (Class<?> value :
        List.of(
            String.class,
            BigDecimal.class,
            BigInteger.class,
            UUID.class,
            Instant.class,
            Duration.class,
            Period.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            ZoneId.class,
            ZoneOffset.class)) {
      names.put(value, value == UUID.class ? "uuid" : WireNames.kebab(value.getSimpleName()));
    }
    return names;
  }
}
