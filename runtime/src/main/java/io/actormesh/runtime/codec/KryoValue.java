package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;

/**
 * Writes and reads the values of one shape with Kryo's buffers. Keeps no state, so one instance
 * serves all threads.
 */
abstract class KryoValue extends Serializer<Object> {
  private final KryoForm form;

  KryoValue(KryoForm form) {
    this.form = form;
  }

  /** How a reader passes over such a value without understanding it. */
  final KryoForm form() {
    return form;
  }

  /** Reads one value. */
  abstract Object read(Kryo kryo, Input in);

  @Override
  public final Object read(Kryo kryo, Input in, Class<?> type) {
    return read(kryo, in);
  }
}
