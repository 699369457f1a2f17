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
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes sample values of shapes; a round picks other numbers and other records than the last. */
final class SampleValues {
  private static final int DEEPEST = 4;

  private final int round;

  SampleValues(int round) {
    this.round = round;
  }

  @Nullable Object[] fields(CompositeShape shape) {
    return fields(shape, 0);
  }

  Object value(Shape shape) {
    return value(shape, 0);
  }

  private @Nullable Object[] fields(CompositeShape shape, int depth) {
    List<Component> components = shape.components();
    @Nullable Object[] fields = new @Nullable Object[components.size()];
    for (int i = 0; i < fields.length; i++) {
      Component component = components.get(i);
      boolean leftOut = depth >= DEEPEST && !component.required();
      fields[i] = leftOut ? Absent.standIn(component.shape()) : value(component.shape(), depth + 1);
    }
    return fields;
  }

  private Object value(Shape shape, int depth) {
    if (shape instanceof CompositeShape composite) {
      return composite.create(fields(composite, depth));
    }
    if (shape instanceof UnionShape union) {
      return value(member(union, depth).shape(), depth);
    }
    if (shape instanceof Shape.Maybe maybe) {
      return Optional.of(value(maybe.value(), depth));
    }
    if (shape instanceof Shape.Items items) {
      Object element = value(items.element(), depth);
      return items.rawType() == Set.class ? Set.of(element) : List.of(element);
    }
    if (shape instanceof Shape.Entries entries) {
      return Map.of(value(entries.key(), depth), value(entries.value(), depth));
    }
    return shape instanceof Shape.Constants constants
        ? constants.constants().get(round % constants.constants().size())
        : shape instanceof Shape.Nothing nothing ? nothing.instance() : scalar(shape.rawType());
  }

  private UnionShape.Member member(UnionShape union, int depth) {
    return depth >= DEEPEST
        ? union.simplest().orElseThrow()
        : union.members().get(round % union.members().size());
  }

  private Object scalar(Class<?> type) {
    if (type.isArray()) {
      Object array = Array.newInstance(type.getComponentType(), 1);
      Array.set(array, 0, scalar(type.getComponentType()));
      return array;
    }
    if (type == String.class) {
      return "sample " + round;
    }
    return number(type).or(() -> time(type)).orElseGet(() -> new UUID(round, round));
  }

  private Optional<Object> number(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "boolean", "Boolean" -> Optional.of(round % 2 == 1);
      case "byte", "Byte" -> Optional.of((byte) round);
      case "short", "Short" -> Optional.of((short) round);
      case "int", "Integer" -> Optional.of(round);
      case "long", "Long" -> Optional.of((long) round);
      case "float", "Float" -> Optional.of(round + 0.5f);
      case "double", "Double" -> Optional.of(round + 0.5);
      case "char", "Character" -> Optional.of((char) ('a' + round));
      case "BigInteger" -> Optional.of(BigInteger.valueOf(round));
      case "BigDecimal" -> Optional.of(BigDecimal.valueOf(round, 2));
      default -> Optional.empty();
    };
  }

  private Optional<Object> time(Class<?> type) {
    // Years after 1970, so that a constructor which checks for sense lets it pass.
    Instant instant = Instant.ofEpochSecond(1_700_000_000L + round);
    var offset = instant.atOffset(ZoneOffset.UTC);
    return switch (type.getSimpleName()) {
      case "Instant" -> Optional.of(instant);
      case "Duration" -> Optional.of(Duration.ofSeconds(round));
      case "Period" -> Optional.of(Period.ofDays(round));
      case "LocalDate" -> Optional.of(offset.toLocalDate());
      case "LocalTime" -> Optional.of(offset.toLocalTime());
      case "LocalDateTime" -> Optional.of(offset.toLocalDateTime());
      case "OffsetTime" -> Optional.of(OffsetTime.of(offset.toLocalTime(), ZoneOffset.UTC));
      case "OffsetDateTime" -> Optional.of(offset);
      case "ZonedDateTime" -> Optional.of(offset.toZonedDateTime());
      case "Year" -> Optional.of(Year.of(offset.getYear()));
      case "YearMonth" -> Optional.of(java.time.YearMonth.from(offset));
      case "MonthDay" -> Optional.of(java.time.MonthDay.from(offset));
      case "ZoneId", "ZoneOffset" -> Optional.of(ZoneOffset.UTC);
      default -> Optional.empty();
    };
  }
}
