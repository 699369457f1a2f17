package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.actormesh.runtime.contract.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists and sets, as arrays; what is read cannot be changed and keeps its order. */
final class JacksonItems extends JacksonValue {
  private final boolean unique;
  private final JacksonValue element;
  private final Dialect dialect;

  JacksonItems(Shape.Items shape, JacksonValue element, Dialect dialect) {
    this.unique = shape.rawType() == Set.class;
    this.element = element;
    this.dialect = dialect;
  }

  @Override
  void write(JsonGenerator out, Object value) throws IOException {
    int index = 0;
    out.writeStartArray();
    for (Object item : (Collection<?>) value) {
      try {
        element.writeWhole(out, item);
      } catch (IOException | RuntimeException thrown) {
        throw FieldProblem.whileWriting(thrown).at(index);
      }
      index++;
    }
    out.writeEndArray();
  }

  @Override
  Object read(JsonParser in) throws IOException {
    expect(in, JsonToken.START_ARRAY, "an array");
    if (in.nextToken() == JsonToken.END_ARRAY) {
      return unique ? Set.of() : List.of();
    }
    Collection<Object> items = unique ? new LinkedHashSet<>() : new ArrayList<>();
    int index = 0;
    do {
      readInto(items, in, index++);
    } while (in.nextToken() != JsonToken.END_ARRAY);
    return unique
        ? Collections.unmodifiableSet((Set<Object>) items)
        : Collections.unmodifiableList((List<Object>) items);
  }

  private void readInto(Collection<Object> items, JsonParser in, int index) {
    try {
      if (in.currentToken() == null) {
        throw unexpected(in, "an element");
      }
      if (!items.add(element.read(in)) && dialect == Dialect.JSON) {
        throw FieldProblem.unreadable("a duplicate in a set");
      }
    } catch (IOException | RuntimeException thrown) {
      throw FieldProblem.whileReading(thrown).at(index);
    }
  }
}
