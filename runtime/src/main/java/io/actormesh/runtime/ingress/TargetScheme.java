package io.actormesh.runtime.ingress;

import java.util.Set;

/**
 * Reads a request line as far as the scheme of its target, if that has one. The parser fails of
 * others than these in a way that it takes for an error of the server. Not thread-safe.
 */
final class TargetScheme {

  private enum Part {
    METHOD,
    SCHEME,
    REST
  }

  private static final Set<String> KNOWN = Set.of("http", "https", "ws", "wss");

  /** Longer than all that are known. */
  private static final int LONGEST = 6;

  private final StringBuilder scheme = new StringBuilder(LONGEST);
  private Part part = Part.METHOD;

  /** Takes the next byte; false if the scheme ends with it and is none that is known. */
  boolean take(byte b) {
    switch (part) {
      case METHOD -> part = b == ' ' ? Part.SCHEME : Part.METHOD;
      case SCHEME -> {
        if (b == ':') {
          part = Part.REST;
          return KNOWN.contains(scheme.toString());
        }
        letter(b);
      }
      case REST -> {
        // Of no interest.
      }
    }
    return true;
  }

  private void letter(byte b) {
    int lower = b | 0x20;
    boolean letter = lower >= 'a' && lower <= 'z';
    boolean inner = (b >= '0' && b <= '9') || b == '+' || b == '-' || b == '.';
    if (!letter && (scheme.isEmpty() || !inner)) {
      part = Part.REST;
    } else if (scheme.length() < LONGEST) {
      scheme.append((char) (letter ? lower : b));
    }
  }

  void reset() {
    scheme.setLength(0);
    part = Part.METHOD;
  }
}
