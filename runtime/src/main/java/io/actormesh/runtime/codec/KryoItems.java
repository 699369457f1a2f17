package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.actormesh.runtime.contract.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists and sets: a count and the elements; what is read cannot be changed and keeps its order. */
final class KryoItems extends KryoValue {
  private final boolean unique;
  private final KryoValue element;

  KryoItems(Shape.Items shape, KryoValue element) {
    super(KryoForm.CHUNK);
    this.unique = shape.rawType() == Set.class;
    this.element = element;
  }

  @Override
  public void write(Kryo kryo, Output out, Object value) {
    Collection<?> items = (Collection<?>) value;
    out.writeVarInt(items.size(), true);
    int index = 0;
    for (Object item : items) {
      try {
        KryoCalls.write(kryo, out, element, item);
      } catch (RuntimeException thrown) {
        throw KryoCalls.whileWriting(thrown).at(index);
      }
      index++;
    }
  }

  @Override
  Object read(Kryo kryo, Input in) {
    int count = KryoBounds.count(in, 1);
    if (count == 0) {
      return unique ? Set.of() : List.of();
    }
    // The count is bounded by the payload, yet an element may take more memory than bytes.
    Collection<Object> items = unique ? new LinkedHashSet<>() : new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try {
        items.add(KryoCalls.read(kryo, in, element));
      } catch (RuntimeException thrown) {
        throw FieldProblem.whileReading(thrown).at(i);
      }
    }
    return unique
        ? Collections.unmodifiableSet((Set<Object>) items)
        : Collections.unmodifiableList((List<Object>) items);
  }
}
