package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.actormesh.runtime.contract.CompositeShape;
import io.actormesh.runtime.contract.CompositeShape.Component;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records: a count of fields, then for each its tag, made of the component's name, and its value.
 * What the reader does not know it skips by the form in the tag's low bits; what is absent is left
 * out.
 */
final class KryoRecord extends KryoValue {
  private static final int LENGTH_BYTES = 4;

  private final CompositeShape shape;
  private final Component[] components;
  private KryoValue[] values = {};
  private boolean[] optional = {};
  private int[] headers = {};

  KryoRecord(CompositeShape shape) {
    super(KryoForm.CHUNK);
    this.shape = shape;
    this.components = shape.components().toArray(Component[]::new);
  }

  /** Called once, before the value is used: a record may hold itself. */
  void complete(List<KryoValue> itsValues) {
    values = new KryoValue[components.length];
    optional = new boolean[components.length];
    headers = new int[components.length];
    for (int i = 0; i < components.length; i++) {
      KryoValue value = itsValues.get(i);
      optional[i] = value instanceof KryoMaybe;
      values[i] = value instanceof KryoMaybe maybe ? maybe.value() : value;
      headers[i] = components[i].tag() | values[i].form().bits();
    }
  }

  @Override
  public void write(Kryo kryo, Output out, Object record) {
    int countAt = out.position();
    int count = 0;
    out.writeByte(0);
    for (int i = 0; i < components.length; i++) {
      try {
        @Nullable Object value = shape.value(record, i);
        if (value != null && !Absent.isAbsent(value)) {
          writeField(kryo, out, i, optional[i] ? ((Optional<?>) value).orElseThrow() : value);
          count++;
        }
      } catch (RuntimeException thrown) {
        throw KryoCalls.whileWriting(thrown).in(components[i].name());
      }
    }
    // A record has at most 255 components; the buffer may have been replaced while it grew.
    out.getBuffer()[countAt] = (byte) count;
  }

  private void writeField(Kryo kryo, Output out, int i, Object value) {
    out.writeInt(headers[i]);
    if (values[i].form() != KryoForm.CHUNK) {
      values[i].write(kryo, out, value);
      return;
    }
    int lengthAt = out.position();
    out.writeInt(0);
    kryo.writeObject(out, value, values[i]);
    int end = out.position();
    out.setPosition(lengthAt);
    out.writeInt(end - lengthAt - LENGTH_BYTES);
    out.setPosition(end);
  }

  @Override
  Object read(Kryo kryo, Input in) {
    @Nullable Object[] fields = readFields(kryo, in);
    try {
      return shape.create(fields);
    } catch (RuntimeException refused) {
      throw JacksonRecord.refusedBy(shape, refused);
    }
  }

  /** The values of all components; those that are not there are null, zero or empty. */
  @Nullable Object[] readFields(Kryo kryo, Input in) {
    @Nullable Object[] fields = new @Nullable Object[components.length];
    int next = 0;
    for (int left = in.readByte() & 0xff; left > 0; left--) {
      int header = in.readInt();
      int position = position(header & ~KryoForm.MASK, next);
      if (position < 0) {
        KryoForm.of(header).skip(in);
      } else {
        readField(kryo, in, header, position, fields);
        next = position + 1;
      }
    }
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] == null) {
        fields[i] = Absent.standIn(components[i].shape());
      }
    }
    return fields;
  }

  private int position(int tag, int next) {
    // Almost always the fields come in the order in which they were written.
    if (next < components.length && components[next].tag() == tag) {
      return next;
    }
    for (int i = 0; i < components.length; i++) {
      if (components[i].tag() == tag) {
        return i;
      }
    }
    return -1;
  }

  private void readField(Kryo kryo, Input in, int header, int i, @Nullable Object[] fields) {
    try {
      if (fields[i] != null) {
        throw FieldProblem.unreadable("given twice");
      }
      if (header != headers[i]) {
        throw FieldProblem.unreadable(
            "expected a value in form " + values[i].form() + ", found " + KryoForm.of(header));
      }
      Object value =
          values[i].form() == KryoForm.CHUNK
              ? readChunk(kryo, in, values[i])
              : values[i].read(kryo, in);
      fields[i] = optional[i] ? Optional.of(value) : value;
    } catch (RuntimeException thrown) {
      throw FieldProblem.whileReading(thrown).in(components[i].name());
    }
  }

  /** The value sees nothing beyond its chunk, and must use it up. */
  private static Object readChunk(Kryo kryo, Input in, KryoValue value) {
    int length = KryoBounds.length(in);
    int outerLimit = in.limit();
    int end = in.position() + length;
    in.setLimit(end);
    Object read = kryo.readObject(in, Object.class, value);
    if (in.position() != end) {
      throw FieldProblem.unreadable("malformed: more bytes than its value needs");
    }
    in.setLimit(outerLimit);
    return read;
  }
}
