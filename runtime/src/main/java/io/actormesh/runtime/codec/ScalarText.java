package io.actormesh.runtime.codec;

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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Scalars as text: map keys, parameters of URLs, and all that has no number or byte form. The text
 * of a value is its {@code toString}.
 */
final class ScalarText {
  /** Longest number read from outside, in characters: converting digits is quadratic. */
  static final int LONGEST_NUMBER = 1000;

  /**
   * Largest scale, either sign: {@code 1e999999999} is short to send and endless to calculate with.
   */
  static final int LARGEST_SCALE = 10_000;

  private static final Pattern DECIMAL =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?|NaN|-?Infinity");
  private static final int UUID_LENGTH = 36;
  private static final Map<Class<?>, Function<String, Object>> PARSERS = parsers();

  private ScalarText() {}

  /** Empty for a scalar without text form, such as an array. */
  static Optional<Function<String, Object>> parserOf(Class<?> type) {
    return Optional.ofNullable(PARSERS.get(type));
  }

  /**
   * Reads the text of a scalar.
   *
   * @param name the scalar's name, for the message
   */
  static Object parse(Function<String, Object> parser, String text, String name) {
    try {
      return parser.apply(text);
    } catch (RuntimeException malformed) {
      throw FieldProblem.unreadable("expected " + name);
    }
  }

  static BigDecimal bounded(BigDecimal number) {
    if (Math.abs((long) number.scale()) > LARGEST_SCALE) {
      throw FieldProblem.unreadable("expected a number with a scale of at most " + LARGEST_SCALE);
    }
    return number;
  }

  private static Map<Class<?>, Function<String, Object>> parsers() {
    Map<Class<?>, Function<String, Object>> parsers = new HashMap<>();
    numbers(parsers);
    times(parsers);
    parsers.put(String.class, text -> text);
    parsers.put(boolean.class, ScalarText::bool);
    parsers.put(Boolean.class, ScalarText::bool);
    parsers.put(char.class, ScalarText::character);
    parsers.put(Character.class, ScalarText::character);
    parsers.put(UUID.class, ScalarText::uuid);
    return Map.copyOf(parsers);
  }

  private static void numbers(Map<Class<?>, Function<String, Object>> parsers) {
    for (Class<?> type : new Class<?>[] {byte.class, Byte.class}) {
      parsers.put(type, Byte::valueOf);
    }
    for (Class<?> type : new Class<?>[] {short.class, Short.class}) {
      parsers.put(type, Short::valueOf);
    }
    for (Class<?> type : new Class<?>[] {int.class, Integer.class}) {
      parsers.put(type, Integer::valueOf);
    }
    for (Class<?> type : new Class<?>[] {long.class, Long.class}) {
      parsers.put(type, Long::valueOf);
    }
    for (Class<?> type : new Class<?>[] {float.class, Float.class}) {
      parsers.put(type, text -> Float.valueOf(decimal(text)));
    }
    for (Class<?> type : new Class<?>[] {double.class, Double.class}) {
      parsers.put(type, text -> Double.valueOf(decimal(text)));
    }
    parsers.put(BigInteger.class, text -> new BigInteger(notTooLong(text)));
    parsers.put(BigDecimal.class, text -> bounded(new BigDecimal(notTooLong(text))));
  }

  private static void times(Map<Class<?>, Function<String, Object>> parsers) {
    parsers.put(Instant.class, Instant::parse);
    parsers.put(Duration.class, Duration::parse);
    parsers.put(Period.class, Period::parse);
    parsers.put(LocalDate.class, LocalDate::parse);
    parsers.put(LocalTime.class, LocalTime::parse);
    parsers.put(LocalDateTime.class, LocalDateTime::parse);
    parsers.put(OffsetTime.class, OffsetTime::parse);
    parsers.put(OffsetDateTime.class, OffsetDateTime::parse);
    parsers.put(ZonedDateTime.class, ZonedDateTime::parse);
    // Not Year.parse: it wants four digits, while toString pads nothing.
    parsers.put(Year.class, text -> Year.of(Integer.parseInt(text)));
    parsers.put(YearMonth.class, YearMonth::parse);
    parsers.put(MonthDay.class, MonthDay::parse);
    parsers.put(ZoneId.class, ZoneId::of);
    parsers.put(ZoneOffset.class, ZoneOffset::of);
  }

  private static Object bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw FieldProblem.unreadable("expected boolean");
    };
  }

  private static Object character(String text) {
    if (text.length() != 1) {
      throw FieldProblem.unreadable("expected char");
    }
    return text.charAt(0);
  }

  private static Object uuid(String text) {
    // UUID.fromString also takes 1-1-1-1-1.
    if (text.length() != UUID_LENGTH) {
      throw FieldProblem.unreadable("expected uuid");
    }
    return UUID.fromString(text);
  }

  private static String decimal(String text) {
    // Double.valueOf also takes blanks, hexadecimal and a type suffix.
    if (!DECIMAL.matcher(notTooLong(text)).matches()) {
      throw FieldProblem.unreadable("expected a decimal number");
    }
    return text;
  }

  private static String notTooLong(String number) {
    if (number.length() > LONGEST_NUMBER) {
      throw FieldProblem.unreadable(
          "expected a number of at most " + LONGEST_NUMBER + " characters");
    }
    return number;
  }
}
