package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Optional;

/**
 * Optionals. As a component of a record an empty one is left out, a full one is written as its
 * value alone; elsewhere a byte says which.
 */
final class KryoMaybe extends KryoValue {
  private final KryoValue value;

  KryoMaybe(KryoValue value) {
    super(value.form());
    this.value = value;
  }

  /** What is written for a full one in a record. */
  KryoValue value() {
    return value;
  }

  @Override
  public void write(Kryo kryo, Output out, Object optional) {
    Optional<?> held = (Optional<?>) optional;
    out.writeBoolean(held.isPresent());
    if (held.isPresent()) {
      value.write(kryo, out, held.get());
    }
  }

  @Override
  Object read(Kryo kryo, Input in) {
    return in.readBoolean() ? Optional.of(value.read(kryo, in)) : Optional.empty();
  }
}
