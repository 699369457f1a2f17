package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.actormesh.runtime.contract.Shape;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Values without parts. */
final class KryoScalars {
  private KryoScalars() {}

  private static final class Simple extends KryoValue {
    private final BiConsumer<Output, Object> writer;
    private final Function<Input, Object> reader;

    Simple(KryoForm form, BiConsumer<Output, Object> writer, Function<Input, Object> reader) {
      super(form);
      this.writer = writer;
      this.reader = reader;
    }

    @Override
    public void write(Kryo kryo, Output out, Object value) {
      writer.accept(out, value);
    }

    @Override
    Object read(Kryo kryo, Input in) {
      return reader.apply(in);
    }
  }

  /** Makes a value of a whole number in range. */
  private interface Narrowed {
    Object of(long number);
  }

  static KryoValue of(Shape.Scalar scalar) {
    return switch (scalar.name()) {
      case "boolean" ->
          new Simple(
              KryoForm.VARINT,
              (out, v) -> out.writeVarInt((boolean) v ? 1 : 0, false),
              in -> whole(in, "boolean", 0, 1) == 1);
      case "byte" -> integer("byte", Byte.MIN_VALUE, Byte.MAX_VALUE, n -> (byte) n);
      case "short" -> integer("short", Short.MIN_VALUE, Short.MAX_VALUE, n -> (short) n);
      case "int" -> integer("int", Integer.MIN_VALUE, Integer.MAX_VALUE, n -> (int) n);
      case "long" -> integer("long", Long.MIN_VALUE, Long.MAX_VALUE, n -> n);
      case "char" ->
          new Simple(
              KryoForm.VARINT,
              (out, v) -> out.writeVarLong((char) v, false),
              in -> (char) whole(in, "char", 0, Character.MAX_VALUE));
      case "year" ->
          new Simple(
              KryoForm.VARINT,
              (out, v) -> out.writeVarLong(((Year) v).getValue(), false),
              in -> Year.of((int) whole(in, "year", Year.MIN_VALUE, Year.MAX_VALUE)));
      case "float" ->
          new Simple(KryoForm.FOUR_BYTES, (out, v) -> out.writeFloat((float) v), Input::readFloat);
      case "double" ->
          new Simple(
              KryoForm.EIGHT_BYTES, (out, v) -> out.writeDouble((double) v), Input::readDouble);
      case "string" ->
          new Simple(KryoForm.COUNTED, (out, v) -> KryoText.write(out, (String) v), KryoText::read);
      default -> scalar.rawType().isArray() ? array(scalar) : fixed(scalar);
    };
  }

  private static KryoValue integer(String name, long min, long max, Narrowed narrowed) {
    return new Simple(
        KryoForm.VARINT,
        (out, v) -> out.writeVarLong(((Number) v).longValue(), false),
        in -> narrowed.of(whole(in, name, min, max)));
  }

  private static long whole(Input in, String name, long min, long max) {
    long value = in.readVarLong(false);
    if (value < min || value > max) {
      throw FieldProblem.unreadable("expected " + name + ", out of range");
    }
    return value;
  }

  private static KryoValue array(Shape.Scalar scalar) {
    return switch (scalar.name()) {
      case "byte-array" ->
          new Simple(
              KryoForm.COUNTED, (out, v) -> writeBytes(out, (byte[]) v), KryoScalars::readBytes);
      case "char-array" ->
          new Simple(
              KryoForm.COUNTED,
              (out, v) -> KryoText.write(out, new String((char[]) v)),
              in -> KryoText.read(in).toCharArray());
      default -> {
        Class<?> element = scalar.rawType().getComponentType();
        yield new KryoArray(element, of(new Shape.Scalar(element, element.getName())));
      }
    };
  }

  private static KryoValue fixed(Shape.Scalar scalar) {
    if (scalar.rawType() == UUID.class) {
      return new Simple(
          KryoForm.SIXTEEN_BYTES,
          (out, v) -> {
            out.writeLong(((UUID) v).getMostSignificantBits());
            out.writeLong(((UUID) v).getLeastSignificantBits());
          },
          in -> new UUID(in.readLong(), in.readLong()));
    }
    if (scalar.rawType() == Instant.class) {
      return new Simple(
          KryoForm.TWELVE_BYTES,
          (out, v) -> write(out, (Instant) v),
          in -> BinaryForms.instantOf(in.readLong(), nanos(in)));
    }
    if (scalar.rawType() == Duration.class) {
      return new Simple(
          KryoForm.TWELVE_BYTES,
          (out, v) -> write(out, (Duration) v),
          in -> BinaryForms.durationOf(in.readLong(), nanos(in)));
    }
    return scalar.rawType() == BigInteger.class ? bigInteger() : inText(scalar);
  }

  private static KryoValue bigInteger() {
    return new Simple(
        KryoForm.COUNTED,
        (out, v) -> writeBytes(out, ((BigInteger) v).toByteArray()),
        in -> new BigInteger(readBytes(in)));
  }

  private static KryoValue inText(Shape.Scalar scalar) {
    Function<String, Object> parser =
        ScalarText.parserOf(scalar.rawType())
            .orElseThrow(() -> new IllegalArgumentException("scalar: " + scalar.name()));
    return new Simple(
        KryoForm.COUNTED,
        (out, v) -> KryoText.write(out, v.toString()),
        in -> ScalarText.parse(parser, KryoText.read(in), scalar.name()));
  }

  private static void write(Output out, Instant instant) {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static void write(Output out, Duration duration) {
    out.writeLong(duration.toSeconds());
    out.writeInt(duration.toNanosPart());
  }

  private static int nanos(Input in) {
    int nanos = in.readInt();
    if (nanos < 0 || nanos > BinaryForms.MAX_NANOS) {
      throw FieldProblem.unreadable("expected nanoseconds, out of range");
    }
    return nanos;
  }

  private static void writeBytes(Output out, byte[] bytes) {
    out.writeVarInt(bytes.length, true);
    out.writeBytes(bytes);
  }

  private static byte[] readBytes(Input in) {
    return in.readBytes(KryoBounds.count(in, 1));
  }
}
