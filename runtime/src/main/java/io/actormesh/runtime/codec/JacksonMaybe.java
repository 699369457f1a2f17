package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Optionals: null when empty, else the value itself. */
final class JacksonMaybe extends JacksonValue {
  private final JacksonValue value;

  JacksonMaybe(JacksonValue value) {
    this.value = value;
  }

  @Override
  void write(JsonGenerator out, Object optional) throws IOException {
    Optional<?> held = (Optional<?>) optional;
    if (held.isPresent()) {
      value.write(out, held.get());
    } else {
      out.writeNull();
    }
  }

  @Override
  Object read(JsonParser in) throws IOException {
    return in.currentToken() == JsonToken.VALUE_NULL
        ? Optional.empty()
        : Optional.of(value.read(in));
  }

  @Override
  boolean takesNull() {
    return true;
  }
}
