package io.actormesh.runtime.ingress;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the bytes of one HTTP/1.1 connection from head to body to head, and finds what servers
 * read in more than one way: there the parser behind it is lenient. What is wrong in any other way
 * is left to the parser, which closes the connection. Bodies are stepped over; of chunks the size
 * lines and what follows the last one are looked at.
 */
final class FramingScan {

  private enum State {
    BEGIN,
    REQUEST_LINE,
    NAME,
    VALUE,
    /** The rest of a line that is of no interest. */
    REST,
    BODY,
    SIZE,
    EXTENSION,
    CHUNK,
    CHUNK_END,
    /** No more HTTP/1.1: another protocol, or nothing that the parser would read on from. */
    OVER
  }

  private static final String PREFACE = "PRI * HTTP/2.0";
  private static final long LARGEST_CHUNK = 1L << 40;

  private final BodyLength length = new BodyLength();
  private final TargetScheme scheme = new TargetScheme();
  private State state = State.BEGIN;
  private boolean cr;
  private boolean trailers;
  private boolean inBody;
  private boolean lineEmpty;
  private int lineLength;
  private boolean preface = true;
  private boolean http10;
  private byte last;
  private long left;
  private @Nullable FramingFault fault;

  /**
   * Reads on.
   *
   * @return how many of the bytes, from the first, belong to what is read to its end; the others
   *     are to be held until they do, or for good if there is a {@link #fault}
   */
  int scan(ByteBuffer bytes) {
    int size = bytes.limit();
    int whole = 0;
    int at = 0;
    while (at < size && fault == null) {
      switch (state) {
        case OVER -> {
          return size;
        }
        case BODY, CHUNK -> {
          at += step(size - at);
          whole = at;
        }
        default -> {
          at = state == State.REST ? toLineEnd(bytes, at) : at;
          if (at < size && take(bytes.get(at++))) {
            whole = at;
          }
        }
      }
    }
    return whole;
  }

  /** What is wrong from the first byte on that is not whole; null if nothing is. */
  @Nullable FramingFault fault() {
    return fault;
  }

  /** Whether the fault is in a request whose head has been handed on. */
  boolean inBody() {
    return inBody;
  }

  private int step(int available) {
    int step = (int) Math.min(left, available);
    left -= step;
    if (left == 0) {
      if (state == State.BODY) {
        begin();
      } else {
        state = State.CHUNK_END;
      }
    }
    return step;
  }

  private int toLineEnd(ByteBuffer bytes, int from) {
    int at = from;
    if (cr) {
      return at;
    }
    while (at < bytes.limit() && bytes.get(at) != '\r' && bytes.get(at) != '\n') {
      at++;
    }
    return at;
  }

  /** Takes a byte; true if what it belongs to is whole with it. */
  private boolean take(byte b) {
    if (cr) {
      cr = false;
      return b == '\n' ? lineEnds() : failed(FramingFault.BARE_CR);
    }
    if (b == '\r') {
      cr = true;
      return false;
    }
    if (b == '\n') {
      return failed(FramingFault.BARE_LF);
    }
    return takeWithinLine(b);
  }

  private boolean takeWithinLine(byte b) {
    switch (state) {
      case BEGIN -> {
        if (b < ' ' || b == 0x7f) {
          state = State.OVER;
          return true;
        }
        state = State.REQUEST_LINE;
        return requestLine(b);
      }
      case REQUEST_LINE -> {
        return requestLine(b);
      }
      case NAME -> {
        return name(b);
      }
      case VALUE -> length.value(b);
      case SIZE -> {
        return size(b);
      }
      case CHUNK_END -> {
        return failed(FramingFault.CHUNK);
      }
      default -> {
        // Of no interest.
      }
    }
    return false;
  }

  private boolean requestLine(byte b) {
    preface = preface && lineLength < PREFACE.length() && b == PREFACE.charAt(lineLength);
    lineLength++;
    last = b;
    return !scheme.take(b) && failed(FramingFault.SCHEME);
  }

  private boolean name(byte b) {
    if (lineEmpty && (b == ' ' || b == '\t')) {
      return failed(FramingFault.FOLDED);
    }
    lineEmpty = false;
    if (b == ':') {
      state = length.nameEnds() && !trailers ? State.VALUE : State.REST;
    } else if (!length.name(b)) {
      state = State.REST;
    }
    return false;
  }

  private boolean size(byte b) {
    int digit = Character.digit(b, 16);
    if (digit >= 0) {
      lineEmpty = false;
      left = Math.min(LARGEST_CHUNK, left * 16 + digit);
      return false;
    }
    if (b != ';' || lineEmpty) {
      return failed(FramingFault.CHUNK);
    }
    state = State.EXTENSION;
    return false;
  }

  private boolean lineEnds() {
    switch (state) {
      case BEGIN -> {
        return true;
      }
      case REQUEST_LINE -> {
        http10 = last == '0';
        if (preface && lineLength == PREFACE.length()) {
          state = State.OVER;
          return true;
        }
        headerLine();
      }
      case SIZE, EXTENSION -> {
        return sizeEnds();
      }
      case CHUNK_END -> {
        sizeLine();
        return true;
      }
      case VALUE -> {
        FramingFault wrong = length.lineEnds();
        if (wrong != null) {
          return failed(wrong);
        }
        headerLine();
      }
      case NAME -> {
        if (lineEmpty) {
          return headEnds();
        }
        headerLine();
      }
      default -> headerLine();
    }
    return false;
  }

  private boolean sizeEnds() {
    if (lineEmpty) {
      return failed(FramingFault.CHUNK);
    }
    if (left > 0) {
      state = State.CHUNK;
      return true;
    }
    trailers = true;
    headerLine();
    return true;
  }

  private boolean headEnds() {
    if (trailers) {
      begin();
      return true;
    }
    FramingFault wrong = length.headEnds(http10);
    if (wrong != null) {
      return failed(wrong);
    }
    if (length.isChunked()) {
      inBody = true;
      sizeLine();
    } else if (length.bytes() > 0) {
      state = State.BODY;
      left = length.bytes();
    } else {
      begin();
    }
    return true;
  }

  private void headerLine() {
    state = State.NAME;
    lineEmpty = true;
    length.beginLine();
  }

  private void sizeLine() {
    state = State.SIZE;
    lineEmpty = true;
    left = 0;
  }

  private void begin() {
    state = State.BEGIN;
    inBody = false;
    trailers = false;
    preface = true;
    lineLength = 0;
    scheme.reset();
    length.reset();
  }

  private boolean failed(FramingFault wrong) {
    fault = wrong;
    return false;
  }
}
