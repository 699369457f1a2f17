package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.actormesh.runtime.contract.Shape;

/** Replies that say nothing but that they came: no bytes. */
final class KryoNothing extends KryoValue {
  private final Shape.Nothing shape;

  KryoNothing(Shape.Nothing shape) {
    super(KryoForm.CHUNK);
    this.shape = shape;
  }

  @Override
  public void write(Kryo kryo, Output out, Object value) {
    if (!shape.rawType().isInstance(value)) {
      throw FieldProblem.unwritable("expected " + shape.rawType().getSimpleName());
    }
  }

  @Override
  Object read(Kryo kryo, Input in) {
    return shape.instance();
  }
}
