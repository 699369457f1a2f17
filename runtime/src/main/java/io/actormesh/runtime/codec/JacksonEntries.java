package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps, as objects; what is read cannot be changed and keeps its order. */
final class JacksonEntries extends JacksonValue {
  private final KeyText keys;
  private final JacksonValue value;

  JacksonEntries(KeyText keys, JacksonValue value) {
    this.keys = keys;
    this.value = value;
  }

  @Override
  void write(JsonGenerator out, Object map) throws IOException {
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
      if (entry.getKey() == null) {
        throw FieldProblem.unwritable("null as a key");
      }
      String key = KeyText.write(entry.getKey());
      try {
        out.writeFieldName(key);
        value.writeWhole(out, entry.getValue());
      } catch (IOException | RuntimeException thrown) {
        throw FieldProblem.whileWriting(thrown).under(key);
      }
    }
    out.writeEndObject();
  }

  @Override
  Object read(JsonParser in) throws IOException {
    expect(in, JsonToken.START_OBJECT, "an object");
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
      readInto(entries, key, in);
    }
    expect(in, JsonToken.END_OBJECT, "a name");
    return Collections.unmodifiableMap(entries);
  }

  private void readInto(Map<Object, Object> entries, String key, JsonParser in) {
    try {
      Object parsed = keys.read(key);
      in.nextToken();
      if (entries.put(parsed, value.read(in)) != null) {
        throw FieldProblem.unreadable("given twice");
      }
    } catch (IOException | RuntimeException thrown) {
      throw FieldProblem.whileReading(thrown).under(key);
    }
  }
}
