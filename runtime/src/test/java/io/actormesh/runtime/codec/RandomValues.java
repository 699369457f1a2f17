package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.CompositeShape;
import io.actormesh.runtime.contract.CompositeShape.Component;
import io.actormesh.runtime.contract.Shape;
import io.actormesh.runtime.contract.UnionShape;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Any value of a shape, edges included, from a seeded source. */
final class RandomValues {
  private static final int DEEPEST = 5;

  private final RandomGenerator random;
  private final boolean anyText;

  /**
   * @param anyText whether strings may hold what UTF-8 cannot
   */
  RandomValues(RandomGenerator random, boolean anyText) {
    this.random = random;
    this.anyText = anyText;
  }

  @Nullable Object[] fields(CompositeShape shape) {
    return fields(shape, 0);
  }

  Object value(Shape shape) {
    return value(shape, 0);
  }

  private @Nullable Object[] fields(CompositeShape shape, int depth) {
    List<Object> values = new ArrayList<>();
    for (Component component : shape.components()) {
      boolean nullable =
          !component.required()
              && !(component.shape() instanceof Shape.Maybe)
              && Absent.standIn(component.shape()) == null;
      values.add(nullable && random.nextBoolean() ? null : value(component.shape(), depth + 1));
    }
    return values.toArray();
  }

  private Object value(Shape shape, int depth) {
    if (shape instanceof CompositeShape composite) {
      return composite.create(fields(composite, depth));
    }
    if (shape instanceof UnionShape union) {
      UnionShape.Member any = union.members().get(random.nextInt(union.members().size()));
      return value((depth < DEEPEST ? any : union.simplest().orElseThrow()).shape(), depth + 1);
    }
    if (shape instanceof Shape.Constants constants) {
      return constants.constants().get(random.nextInt(constants.constants().size()));
    }
    return shape instanceof Shape.Nothing nothing ? nothing.instance() : holder(shape, depth);
  }

  private Object holder(Shape shape, int depth) {
    int size = depth >= DEEPEST ? 0 : random.nextInt(4);
    if (shape instanceof Shape.Maybe maybe) {
      return size == 0 ? Optional.empty() : Optional.of(value(maybe.value(), depth + 1));
    }
    if (shape instanceof Shape.Items items) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(value(items.element(), depth + 1));
      }
      return items.rawType() == Set.class ? new LinkedHashSet<>(list) : list;
    }
    if (shape instanceof Shape.Entries entries) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        map.put(value(entries.key(), depth), value(entries.value(), depth + 1));
      }
      return map;
    }
    return scalar(shape.rawType());
  }

  private Object scalar(Class<?> type) {
    if (type.isArray()) {
      Object array = Array.newInstance(type.getComponentType(), random.nextInt(5));
      for (int i = 0; i < Array.getLength(array); i++) {
        Array.set(array, i, scalar(type.getComponentType()));
      }
      return array;
    }
    return switch (type.getSimpleName()) {
      case "boolean", "Boolean" -> random.nextBoolean();
      case "byte", "Byte" -> (byte) random.nextInt();
      case "short", "Short" -> (short) random.nextInt();
      case "int", "Integer" -> (int) number();
      case "long", "Long" -> number();
      case "float", "Float" -> Float.intBitsToFloat(random.nextInt() & 0x7f7fffff);
      case "double", "Double" -> edge(random.nextDouble() * number());
      case "char", "Character" -> letter();
      case "String" -> text();
      case "BigInteger" -> BigInteger.valueOf(number()).pow(1 + random.nextInt(5));
      case "BigDecimal" -> new BigDecimal(BigInteger.valueOf(number()), random.nextInt(-50, 50));
      case "UUID" -> new UUID(random.nextLong(), random.nextLong());
      default -> time(type);
    };
  }

  private Object time(Class<?> type) {
    Instant instant =
        Instant.ofEpochSecond(
            random.nextLong(-99_999_999_999L, 99_999_999_999L), random.nextInt(1_000_000_000));
    var offset = instant.atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-3600, 3600)));
    return switch (type.getSimpleName()) {
      case "Instant" -> instant;
      case "Duration" -> Duration.ofSeconds(random.nextLong(), random.nextInt(1_000_000_000));
      case "Period" -> Period.of(random.nextInt(), random.nextInt(), random.nextInt());
      case "LocalDate" -> offset.toLocalDate();
      case "LocalTime" -> offset.toLocalTime();
      case "LocalDateTime" -> offset.toLocalDateTime();
      case "OffsetTime" -> offset.toOffsetTime();
      case "OffsetDateTime" -> offset;
      case "ZonedDateTime" -> instant.atZone(ZoneId.of("Europe/Berlin"));
      case "Year" -> Year.of(random.nextInt(Year.MIN_VALUE, Year.MAX_VALUE));
      case "YearMonth" -> java.time.YearMonth.from(offset);
      case "MonthDay" -> java.time.MonthDay.from(offset);
      case "ZoneId" -> ZoneId.of("America/New_York");
      default -> throw new IllegalArgumentException(type.getName());
    };
  }

  private long number() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> Long.MIN_VALUE;
      case 3 -> Long.MAX_VALUE;
      case 4 -> random.nextInt(1000);
      default -> random.nextLong();
    };
  }

  private double edge(double value) {
    return random.nextInt(8) == 0 ? Double.MIN_VALUE : value;
  }

  private char letter() {
    return switch (random.nextInt(4)) {
      case 0 -> 'é';
      case 1 -> '中';
      case 2 -> '\u0000';
      default -> (char) random.nextInt(' ', '~');
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(10) == 0 ? random.nextInt(3000) : random.nextInt(12);
    for (int i = 0; i < length; i++) {
      if (random.nextInt(20) == 0) {
        text.append(anyText && random.nextBoolean() ? "\ud800" : "😀");
      } else {
        text.append(letter());
      }
    }
    return text.toString();
  }
}
