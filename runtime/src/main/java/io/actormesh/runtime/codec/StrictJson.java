package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as RFC 8259 has it and no more: UTF-8, no comments, bounded depth and sizes. */
final class StrictJson {
  private static final int MAX_NESTING = 100;
  private static final int MAX_NAME = 8192;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(ScalarText.LONGEST_NUMBER)
                  .maxNameLength(MAX_NAME)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(CborCodec.MAX_NESTING).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private StrictJson() {}

  /** A parser over the text; Jackson itself guesses encodings and accepts overlong forms. */
  static JsonParser parser(byte[] json) throws IOException {
    CharBuffer text = decoded(json);
    return FACTORY.createParser(text.array(), text.arrayOffset(), text.remaining());
  }

  private static CharBuffer decoded(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
    } catch (CharacterCodingException invalid) {
      throw FieldProblem.unreadable("not valid UTF-8");
    }
  }
}
