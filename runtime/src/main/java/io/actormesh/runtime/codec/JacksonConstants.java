package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.actormesh.runtime.contract.Shape;
import java.io.IOException;

/** Enums, by the names of their constants. */
final class JacksonConstants extends JacksonValue {
  private final KeyText names;

  JacksonConstants(Shape.Constants shape) {
    this.names = KeyText.of(shape);
  }

  @Override
  void write(JsonGenerator out, Object value) throws IOException {
    out.writeString(((Enum<?>) value).name());
  }

  @Override
  Object read(JsonParser in) throws IOException {
    expect(in, JsonToken.VALUE_STRING, names.name());
    return names.read(in.getText());
  }
}
