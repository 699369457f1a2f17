package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps: a count, then keys and values; what is read cannot be changed and keeps its order. */
final class KryoEntries extends KryoValue {
  private final KryoValue key;
  private final KryoValue value;

  KryoEntries(KryoValue key, KryoValue value) {
    super(KryoForm.CHUNK);
    this.key = key;
    this.value = value;
  }

  @Override
  public void write(Kryo kryo, Output out, Object map) {
    Map<?, ?> entries = (Map<?, ?>) map;
    out.writeVarInt(entries.size(), true);
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      KryoCalls.write(kryo, out, key, entry.getKey());
      try {
        KryoCalls.write(kryo, out, value, entry.getValue());
      } catch (RuntimeException thrown) {
        throw KryoCalls.whileWriting(thrown).under(KeyText.write(entry.getKey()));
      }
    }
  }

  @Override
  Object read(Kryo kryo, Input in) {
    int count = KryoBounds.count(in, 2);
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      readInto(entries, kryo, in);
    }
    return Collections.unmodifiableMap(entries);
  }

  private void readInto(Map<Object, Object> entries, Kryo kryo, Input in) {
    Object read = KryoCalls.read(kryo, in, key);
    try {
      if (entries.put(read, KryoCalls.read(kryo, in, value)) != null) {
        throw FieldProblem.unreadable("given twice");
      }
    } catch (RuntimeException thrown) {
      throw FieldProblem.whileReading(thrown).under(KeyText.write(read));
    }
  }
}
