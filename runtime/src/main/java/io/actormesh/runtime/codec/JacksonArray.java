package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/** Arrays of primitives other than bytes and chars. */
final class JacksonArray extends JacksonValue {
  private final Class<?> elementType;
  private final JacksonValue element;

  JacksonArray(Class<?> elementType, JacksonValue element) {
    this.elementType = elementType;
    this.element = element;
  }

  @Override
  void write(JsonGenerator out, Object array) throws IOException {
    int length = Array.getLength(array);
    out.writeStartArray(array, length);
    for (int i = 0; i < length; i++) {
      element.write(out, Array.get(array, i));
    }
    out.writeEndArray();
  }

  @Override
  Object read(JsonParser in) throws IOException {
    expect(in, JsonToken.START_ARRAY, "an array");
    List<Object> elements = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      try {
        if (in.currentToken() == null) {
          throw unexpected(in, "an element");
        }
        elements.add(element.read(in));
      } catch (IOException | RuntimeException thrown) {
        throw FieldProblem.whileReading(thrown).at(elements.size());
      }
    }
    Object array = Array.newInstance(elementType, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Array.set(array, i, elements.get(i));
    }
    return array;
  }
}
