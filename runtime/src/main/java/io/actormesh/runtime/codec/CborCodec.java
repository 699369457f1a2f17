package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.actormesh.runtime.contract.Operation;

/**
 * CBOR (RFC 8949) through Jackson's streams. Readers and writers are built from a contract's
 * shapes, so no class is ever looked up by what came over the wire.
 */
final class CborCodec implements PayloadCodec {
  /** Deepest nesting of objects and arrays, both ways: recursion must end before the stack does. */
  static final int MAX_NESTING = 500;

  private static final int MAX_STRING = 64 * 1024 * 1024;
  private static final CBORFactory FACTORY =
      CBORFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(MAX_STRING)
                  .maxNumberLength(ScalarText.LONGEST_NUMBER)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          // Interning would let a peer fill the JVM's string table.
          .disable(com.fasterxml.jackson.core.JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  @Override
  public String name() {
    return "cbor";
  }

  @Override
  public <C> OperationCodec<C> of(Operation<C> operation) {
    return new CborOperationCodec<>(operation, FACTORY);
  }
}
