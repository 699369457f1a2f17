package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes and reads the values of one shape as a Jackson stream. Immutable once it is built. */
abstract class JacksonValue {

  /** Writes one value. */
  abstract void write(JsonGenerator out, Object value) throws IOException;

  /** Reads one value; the parser stands at its first token and is left at its last. */
  abstract Object read(JsonParser in) throws IOException;

  /** Whether JSON's null is one of its values. */
  boolean takesNull() {
    return false;
  }

  /** Writes a value that stands on its own or in a collection, where nothing can be left out. */
  final void writeWhole(JsonGenerator out, @Nullable Object value) throws IOException {
    if (value == null) {
      throw FieldProblem.unwritable("null where only values can be");
    }
    write(out, value);
  }

  static void expect(JsonParser in, JsonToken token, String expected) throws IOException {
    if (in.currentToken() != token) {
      throw unexpected(in, expected);
    }
  }

  static FieldProblem unexpected(JsonParser in, String expected) {
    return FieldProblem.unreadable("expected " + expected + ", found " + found(in.currentToken()));
  }

  private static String found(@Nullable JsonToken token) {
    if (token == null) {
      return "the end";
    }
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case FIELD_NAME -> "a name";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "an integer";
      case VALUE_NUMBER_FLOAT -> "a decimal number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case VALUE_EMBEDDED_OBJECT -> "bytes";
      case NOT_AVAILABLE -> "nothing";
    };
  }
}
