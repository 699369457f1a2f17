package io.actormesh.runtime.ingress;

import org.jspecify.annotations.Nullable;

/** What the headers of one head say of its body's length, read as they come, byte by byte. */
final class BodyLength {

  private static final String LENGTH = "content-length";
  private static final String CODING = "transfer-encoding";

  /** Longer values are wrong, whatever they end with. */
  private static final int LONGEST_VALUE = 64;

  /** Longer numbers may not fit. */
  private static final int LONGEST_NUMBER = 18;

  private final StringBuilder value = new StringBuilder(LONGEST_VALUE);
  private @Nullable String name;
  private int nameLength;
  private boolean lengthSeen;
  private boolean chunked;
  private long bytes;

  /** A head begins. */
  void reset() {
    lengthSeen = false;
    chunked = false;
    bytes = 0;
    beginLine();
  }

  void beginLine() {
    name = null;
    nameLength = 0;
    value.setLength(0);
  }

  /** The next byte of a header's name; false if the header is of no interest. */
  boolean name(byte b) {
    int lower = b >= 'A' && b <= 'Z' ? b + 32 : b;
    if (nameLength == 0) {
      name = lower == 'c' ? LENGTH : CODING;
    }
    String expected = name;
    return expected != null
        && nameLength < expected.length()
        && expected.charAt(nameLength++) == lower;
  }

  /** The name has ended; whether the header's value matters. */
  boolean nameEnds() {
    return name != null && nameLength == name.length();
  }

  void value(byte b) {
    if (value.length() <= LONGEST_VALUE) {
      value.append((char) (b & 0xff));
    }
  }

  /** The line of a header that matters has ended. */
  @Nullable FramingFault lineEnds() {
    boolean isLength = LENGTH.equals(name);
    if (value.length() > LONGEST_VALUE) {
      return isLength ? FramingFault.LENGTH : FramingFault.CODING;
    }
    String text = trimmed();
    return isLength ? length(text) : coding(text);
  }

  private @Nullable FramingFault length(String text) {
    if (lengthSeen) {
      return FramingFault.TWO_LENGTHS;
    }
    lengthSeen = true;
    if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
      return FramingFault.LENGTH;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return FramingFault.LENGTH;
      }
      bytes = bytes * 10 + text.charAt(i) - '0';
    }
    return null;
  }

  private @Nullable FramingFault coding(String text) {
    if (chunked) {
      return FramingFault.TWO_CODINGS;
    }
    chunked = true;
    return text.equalsIgnoreCase("chunked") ? null : FramingFault.CODING;
  }

  /** The head has ended. */
  @Nullable FramingFault headEnds(boolean http10) {
    if (!chunked) {
      return null;
    }
    return lengthSeen ? FramingFault.BOTH : http10 ? FramingFault.OLD_CHUNKED : null;
  }

  boolean isChunked() {
    return chunked;
  }

  /** How long the body is, if it is not chunked. */
  long bytes() {
    return bytes;
  }

  /** Without the spaces and tabs around it, and without those alone. */
  private String trimmed() {
    int from = 0;
    int to = value.length();
    while (from < to && isBlank(value.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
