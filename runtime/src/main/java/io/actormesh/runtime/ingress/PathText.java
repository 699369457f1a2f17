package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes paths and query strings, strictly: what is no UTF-8, holds control characters, or could
 * climb out of a path is refused instead of passed on to a service.
 */
final class PathText {

  // What Pekko's own decoder puts in place of bytes that are no UTF-8.
  private static final char REPLACEMENT = '\uFFFD';

  private PathText() {}

  /**
   * The decoded segments of a path; a trailing or doubled slash makes an empty one. A slash that
   * was encoded belongs to its segment.
   */
  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    if (path.length() <= 1) {
      return segments;
    }
    for (String raw : path.substring(1).split("/", -1)) {
      String segment = raw.indexOf('%') < 0 ? raw : decode(raw, false, "path");
      if (segment.equals(".") || segment.equals("..")) {
        throw invalid("The path has a segment '" + segment + "'. Resolve it before sending.");
      }
      segments.add(checked(segment, "path"));
    }
    return segments;
  }

  /** The values of a query string's parameters, in order; in a map that may be changed. */
  static Map<String, List<String>> query(String rawQuery) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals), true, "query");
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true, "query");
        parameters
            .computeIfAbsent(checked(name, "query"), key -> new ArrayList<>())
            .add(checked(value, "query"));
      }
    }
    return parameters;
  }

  private static String decode(String raw, boolean plusIsSpace, String place) {
    if (isPlain(raw)) {
      return plusIsSpace ? raw.replace('+', ' ') : raw;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(octet(raw, i, place));
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        bytes.write(' ');
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw notUtf8(place);
    }
  }

  /** Nothing in it stands for another byte, or for several. */
  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static int octet(String raw, int at, String place) {
    int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
    int low = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw invalid("The " + place + " has a '%' without two hexadecimal digits after it.");
    }
    return high << 4 | low;
  }

  private static String checked(String text, String place) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == REPLACEMENT) {
        throw notUtf8(place);
      }
      if (Character.isISOControl(c)) {
        throw invalid("The " + place + " has a control character. Remove it.");
      }
    }
    return text;
  }

  private static InvalidRequestException notUtf8(String place) {
    return invalid(
        "The " + place + " is not UTF-8. Percent-encode the UTF-8 bytes of each character.");
  }

  private static InvalidRequestException invalid(String detail) {
    return new InvalidRequestException(Problem.of(FailureCode.BAD_REQUEST, detail));
  }
}
