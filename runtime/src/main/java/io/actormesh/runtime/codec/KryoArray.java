package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;

/** Arrays of primitives other than bytes and chars: a count and the elements. */
final class KryoArray extends KryoValue {
  private final Class<?> elementType;
  private final KryoValue element;

  KryoArray(Class<?> elementType, KryoValue element) {
    super(KryoForm.CHUNK);
    this.elementType = elementType;
    this.element = element;
  }

  @Override
  public void write(Kryo kryo, Output out, Object array) {
    int length = Array.getLength(array);
    out.writeVarInt(length, true);
    for (int i = 0; i < length; i++) {
      element.write(kryo, out, Array.get(array, i));
    }
  }

  @Override
  Object read(Kryo kryo, Input in) {
    Object array = Array.newInstance(elementType, KryoBounds.count(in, 1));
    for (int i = 0; i < Array.getLength(array); i++) {
      Array.set(array, i, element.read(kryo, in));
    }
    return array;
  }
}
