package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.actormesh.runtime.contract.Shape;

/** Enums, by the names of their constants: positions shift when one is added. */
final class KryoConstants extends KryoValue {
  private final KeyText names;

  KryoConstants(Shape.Constants shape) {
    super(KryoForm.COUNTED);
    this.names = KeyText.of(shape);
  }

  @Override
  public void write(Kryo kryo, Output out, Object value) {
    KryoText.write(out, ((Enum<?>) value).name());
  }

  @Override
  Object read(Kryo kryo, Input in) {
    return names.read(KryoText.read(in));
  }
}
