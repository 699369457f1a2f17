package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Calls one serializer from another: through Kryo where values can nest, so that it counts depth.
 */
final class KryoCalls {
  private KryoCalls() {}

  static void write(Kryo kryo, Output out, KryoValue type, @Nullable Object value) {
    if (value == null) {
      throw FieldProblem.unwritable("null where only values can be");
    }
    if (type.form() == KryoForm.CHUNK) {
      kryo.writeObject(out, value, type);
    } else {
      type.write(kryo, out, value);
    }
  }

  static Object read(Kryo kryo, Input in, KryoValue type) {
    return type.form() == KryoForm.CHUNK
        ? kryo.readObject(in, Object.class, type)
        : type.read(kryo, in);
  }

  static FieldProblem whileWriting(RuntimeException thrown) {
    return thrown instanceof KryoBufferOverflowException
        ? new FieldProblem(CodecException.Problem.TOO_LARGE, "larger than the limit")
        : FieldProblem.whileWriting(thrown);
  }
}
