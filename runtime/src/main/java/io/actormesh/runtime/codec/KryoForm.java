package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.io.Input;

/**
 * How a field's bytes end, in the low three bits of its tag: so that unknown fields are skipped.
 */
enum KryoForm {
  VARINT(0, 0),
  FOUR_BYTES(1, 4),
  EIGHT_BYTES(2, 8),
  TWELVE_BYTES(3, 12),
  SIXTEEN_BYTES(4, 16),
  /** A varint length and as many bytes; the value writes both itself. */
  COUNTED(5, 0),
  /** A four-byte length, put before the value by the record that holds it. */
  CHUNK(6, 0);

  static final int MASK = 7;

  private static final KryoForm[] ALL = values();

  private final int bits;
  private final int size;

  KryoForm(int bits, int size) {
    this.bits = bits;
    this.size = size;
  }

  int bits() {
    return bits;
  }

  static KryoForm of(int header) {
    int bits = header & MASK;
    if (bits >= ALL.length) {
      throw FieldProblem.unreadable("malformed: a field of unknown form");
    }
    return ALL[bits];
  }

  void skip(Input in) {
    switch (this) {
      case VARINT -> in.readVarLong(true);
      case COUNTED -> in.skip(KryoBounds.count(in, 1));
      case CHUNK -> in.skip(KryoBounds.length(in));
      case FOUR_BYTES, EIGHT_BYTES, TWELVE_BYTES, SIXTEEN_BYTES ->
          in.skip(KryoBounds.available(in, size));
    }
  }
}
