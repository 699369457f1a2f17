package io.actormesh.runtime.codec;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Values whose form between nodes is binary. */
final class BinaryForms {
  static final int MAX_NANOS = 999_999_999;
  private static final int UUID_BYTES = 16;

  private BinaryForms() {}

  /** Makes a value of seconds and nanoseconds. */
  interface OfSeconds {
    Object of(long seconds, int nanos);
  }

  static byte[] bytesOf(UUID uuid) {
    return ByteBuffer.allocate(UUID_BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  static UUID uuidOf(byte[] bytes) {
    if (bytes.length != UUID_BYTES) {
      throw FieldProblem.unreadable("expected the " + UUID_BYTES + " bytes of a uuid");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  static Instant instantOf(long seconds, int nanos) {
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException | ArithmeticException outOfRange) {
      throw FieldProblem.unreadable("expected instant, out of range");
    }
  }

  static Duration durationOf(long seconds, int nanos) {
    return Duration.ofSeconds(seconds, nanos);
  }
}
