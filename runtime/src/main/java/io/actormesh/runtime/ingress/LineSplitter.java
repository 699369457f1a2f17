package io.actormesh.runtime.ingress;

import java.io.ByteArrayOutputStream;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into lines, wherever the pieces begin and end in which they come. A line ends with LF
 * or CRLF, the last one also with the bytes. Keeps one piece and the begin of one line at most. Not
 * thread-safe.
 */
final class LineSplitter {

  private static final byte[] NOTHING = {};

  private final int limit;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private byte[] piece = NOTHING;
  private int position;
  private long number;

  LineSplitter(int limit) {
    this.limit = limit;
  }

  /** The line is longer than lines may be. */
  static final class TooLongException extends Exception {

    private static final long serialVersionUID = 1;

    TooLongException() {
      super("line too long", null, false, false);
    }
  }

  /** Adds a piece; all lines of the one before must have been taken. */
  void add(ByteString bytes) {
    piece = bytes.toArrayUnsafe();
    position = 0;
  }

  /** The next line without its end; null if there is none until a piece is added. */
  byte @Nullable [] next() throws TooLongException {
    for (int i = position; i < piece.length; i++) {
      if (piece[i] == '\n') {
        take(i);
        position = i + 1;
        return line();
      }
    }
    take(piece.length);
    position = piece.length;
    return null;
  }

  /** The line that is not ended, when nothing more comes; null if there is none. */
  byte @Nullable [] last() throws TooLongException {
    return begun.size() == 0 ? null : line();
  }

  /** The number of the line that was returned last, or was too long; the first is 1. */
  long number() {
    return number;
  }

  private void take(int end) throws TooLongException {
    // One more for the CR that is no part of the line.
    if (begun.size() + (long) (end - position) > limit + 1L) {
      number++;
      throw new TooLongException();
    }
    begun.write(piece, position, end - position);
  }

  private byte[] line() throws TooLongException {
    number++;
    byte[] line = begun.toByteArray();
    begun.reset();
    boolean carriage = line.length > 0 && line[line.length - 1] == '\r';
    byte[] whole = carriage ? java.util.Arrays.copyOf(line, line.length - 1) : line;
    if (whole.length > limit) {
      throw new TooLongException();
    }
    return whole;
  }
}
