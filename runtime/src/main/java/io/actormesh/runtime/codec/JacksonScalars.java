package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.actormesh.runtime.contract.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.util.UUID;
import java.util.function.Function;

/** Values without parts. Nothing is coerced: {@code "1"} is no int, {@code 1.0} neither. */
final class JacksonScalars {
  private JacksonScalars() {}

  private interface Writer {
    void write(JsonGenerator out, Object value) throws IOException;
  }

  private interface Reader {
    Object read(JsonParser in) throws IOException;
  }

  private static final class Simple extends JacksonValue {
    private final Writer writer;
    private final Reader reader;

    Simple(Writer writer, Reader reader) {
      this.writer = writer;
      this.reader = reader;
    }

    @Override
    void write(JsonGenerator out, Object value) throws IOException {
      writer.write(out, value);
    }

    @Override
    Object read(JsonParser in) throws IOException {
      return reader.read(in);
    }
  }

  static JacksonValue of(Shape.Scalar scalar, Dialect dialect) {
    return switch (scalar.name()) {
      case "boolean" ->
          new Simple((out, v) -> out.writeBoolean((boolean) v), JacksonScalars::readBoolean);
      case "byte" -> integer(scalar, Byte.MIN_VALUE, Byte.MAX_VALUE, n -> (byte) (long) n);
      case "short" -> integer(scalar, Short.MIN_VALUE, Short.MAX_VALUE, n -> (short) (long) n);
      case "int" -> integer(scalar, Integer.MIN_VALUE, Integer.MAX_VALUE, n -> (int) (long) n);
      case "long" -> integer(scalar, Long.MIN_VALUE, Long.MAX_VALUE, n -> n);
      case "year" ->
          new Simple(
              (out, v) -> out.writeNumber(((Year) v).getValue()),
              in -> Year.of((int) whole(in, "year", Year.MIN_VALUE, Year.MAX_VALUE)));
      case "float" ->
          new Simple((out, v) -> out.writeNumber((float) v), in -> readFloat(in, dialect));
      case "double" ->
          new Simple((out, v) -> out.writeNumber((double) v), in -> readDouble(in, dialect));
      case "big-integer" ->
          new Simple((out, v) -> out.writeNumber((BigInteger) v), JacksonScalars::readBigInteger);
      case "big-decimal" ->
          new Simple((out, v) -> out.writeNumber((BigDecimal) v), JacksonScalars::readBigDecimal);
      default -> scalar.rawType().isArray() ? array(scalar, dialect) : inText(scalar, dialect);
    };
  }

  private static JacksonValue array(Shape.Scalar scalar, Dialect dialect) {
    return switch (scalar.name()) {
      case "byte-array" ->
          new Simple((out, v) -> out.writeBinary((byte[]) v), JacksonScalars::readBytes);
      case "char-array" ->
          new Simple(
              (out, v) -> out.writeString(new String((char[]) v)),
              in -> text(in, "a string").toCharArray());
      default -> {
        Class<?> element = scalar.rawType().getComponentType();
        yield new JacksonArray(element, of(new Shape.Scalar(element, element.getName()), dialect));
      }
    };
  }

  private static JacksonValue inText(Shape.Scalar scalar, Dialect dialect) {
    if (dialect == Dialect.WIRE && scalar.rawType() == UUID.class) {
      return new Simple(
          (out, v) -> out.writeBinary(BinaryForms.bytesOf((UUID) v)),
          in -> BinaryForms.uuidOf(readBytes(in)));
    }
    if (dialect == Dialect.WIRE && scalar.rawType() == Instant.class) {
      return seconds((out, v) -> write(out, (Instant) v), BinaryForms::instantOf);
    }
    if (dialect == Dialect.WIRE && scalar.rawType() == Duration.class) {
      return seconds((out, v) -> write(out, (Duration) v), BinaryForms::durationOf);
    }
    if (scalar.rawType() == String.class) {
      return new Simple(
          (out, v) -> out.writeString((String) v),
          dialect == Dialect.JSON ? JacksonScalars::wholeText : in -> text(in, "string"));
    }
    Function<String, Object> parser =
        ScalarText.parserOf(scalar.rawType())
            .orElseThrow(() -> new IllegalArgumentException("scalar: " + scalar.name()));
    return new Simple(
        (out, v) -> out.writeString(v.toString()),
        in -> ScalarText.parse(parser, text(in, scalar.name()), scalar.name()));
  }

  /** Two integers in an array: a tenth of the cost of parsing ISO text. */
  private static JacksonValue seconds(Writer writer, BinaryForms.OfSeconds made) {
    return new Simple(
        writer,
        in -> {
          JacksonValue.expect(in, JsonToken.START_ARRAY, "seconds and nanoseconds");
          in.nextToken();
          long whole = whole(in, "seconds", Long.MIN_VALUE, Long.MAX_VALUE);
          in.nextToken();
          long fraction = whole(in, "nanoseconds", 0, BinaryForms.MAX_NANOS);
          in.nextToken();
          JacksonValue.expect(in, JsonToken.END_ARRAY, "the end of seconds and nanoseconds");
          return made.of(whole, (int) fraction);
        });
  }

  private static void write(JsonGenerator out, Instant instant) throws IOException {
    writePair(out, instant.getEpochSecond(), instant.getNano());
  }

  private static void write(JsonGenerator out, Duration duration) throws IOException {
    writePair(out, duration.toSeconds(), duration.toNanosPart());
  }

  private static void writePair(JsonGenerator out, long seconds, int nanos) throws IOException {
    out.writeStartArray(null, 2);
    out.writeNumber(seconds);
    out.writeNumber(nanos);
    out.writeEndArray();
  }

  private static JacksonValue integer(
      Shape.Scalar scalar, long min, long max, Function<Long, Object> narrowed) {
    return new Simple(
        (out, v) -> out.writeNumber(((Number) v).longValue()),
        in -> narrowed.apply(whole(in, scalar.name(), min, max)));
  }

  private static long whole(JsonParser in, String name, long min, long max) throws IOException {
    JacksonValue.expect(in, JsonToken.VALUE_NUMBER_INT, name);
    if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw FieldProblem.unreadable("expected " + name + ", out of range");
    }
    long value = in.getLongValue();
    if (value < min || value > max) {
      throw FieldProblem.unreadable("expected " + name + ", out of range");
    }
    return value;
  }

  private static Object readBoolean(JsonParser in) {
    return switch (in.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw JacksonValue.unexpected(in, "boolean");
    };
  }

  private static Object readFloat(JsonParser in, Dialect dialect) throws IOException {
    requireNumber(in, "float");
    float value = in.getFloatValue();
    return dialect == Dialect.WIRE || Float.isFinite(value) ? value : outOfRange("float");
  }

  private static Object readDouble(JsonParser in, Dialect dialect) throws IOException {
    requireNumber(in, "double");
    double value = in.getDoubleValue();
    return dialect == Dialect.WIRE || Double.isFinite(value) ? value : outOfRange("double");
  }

  private static Object outOfRange(String name) {
    throw FieldProblem.unreadable("expected " + name + ", out of range");
  }

  private static Object readBigInteger(JsonParser in) throws IOException {
    JacksonValue.expect(in, JsonToken.VALUE_NUMBER_INT, "an integer");
    return in.getBigIntegerValue();
  }

  private static Object readBigDecimal(JsonParser in) throws IOException {
    requireNumber(in, "a number");
    return ScalarText.bounded(in.getDecimalValue());
  }

  private static void requireNumber(JsonParser in, String name) {
    JsonToken token = in.currentToken();
    if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
      throw JacksonValue.unexpected(in, name);
    }
  }

  private static String text(JsonParser in, String name) throws IOException {
    JacksonValue.expect(in, JsonToken.VALUE_STRING, name);
    return in.getText();
  }

  /** JSON can escape half a character, which UTF-8 cannot carry on to another node. */
  private static String wholeText(JsonParser in) throws IOException {
    String text = text(in, "string");
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          throw FieldProblem.unreadable("an unpaired surrogate");
        }
        i++;
      }
    }
    return text;
  }

  private static byte[] readBytes(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token != JsonToken.VALUE_EMBEDDED_OBJECT && token != JsonToken.VALUE_STRING) {
      throw JacksonValue.unexpected(in, "bytes");
    }
    return in.getBinaryValue();
  }
}
