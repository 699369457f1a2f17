package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.actormesh.runtime.contract.Shape;
import java.io.IOException;

/** Replies that say nothing but that they came: null between nodes, an empty object in JSON. */
final class JacksonNothing extends JacksonValue {
  private final Shape.Nothing shape;
  private final Dialect dialect;

  JacksonNothing(Shape.Nothing shape, Dialect dialect) {
    this.shape = shape;
    this.dialect = dialect;
  }

  @Override
  void write(JsonGenerator out, Object value) throws IOException {
    if (!shape.rawType().isInstance(value)) {
      throw FieldProblem.unwritable("expected " + shape.rawType().getSimpleName());
    }
    if (dialect == Dialect.WIRE) {
      out.writeNull();
    } else {
      out.writeStartObject();
      out.writeEndObject();
    }
  }

  @Override
  Object read(JsonParser in) throws IOException {
    in.skipChildren();
    return shape.instance();
  }

  @Override
  boolean takesNull() {
    return true;
  }
}
