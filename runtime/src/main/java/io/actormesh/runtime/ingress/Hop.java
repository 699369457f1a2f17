package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one hop on a request's way, as proxies write them. Never throws, whatever stands there. */
final class Hop {

  private static final String FOR = "for=";

  private Hop() {}

  /**
   * The nodes of a {@code Forwarded} header, from left to right; empty text where none is named.
   */
  static List<String> forwarded(String header) {
    List<String> nodes = new ArrayList<>();
    for (String element : split(header, ',')) {
      String node = "";
      for (String pair : split(element, ';')) {
        String stripped = pair.strip();
        if (stripped.regionMatches(true, 0, FOR, 0, FOR.length())) {
          node = unquoted(stripped.substring(FOR.length()));
        }
      }
      nodes.add(node);
    }
    return nodes;
  }

  /**
   * The address of a hop: {@code 192.0.2.1}, {@code 192.0.2.1:443}, {@code 2001:db8::1} or {@code
   * [2001:db8::1]:443}; empty for anything else, such as {@code unknown}.
   */
  static Optional<InetAddress> address(String hop) {
    String text = unquoted(hop.strip());
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end > 0 && isPort(text.substring(end + 1))
          ? Network.address(text.substring(1, end)).filter(any -> text.indexOf(':') > 0)
          : Optional.empty();
    }
    int colon = text.indexOf(':');
    boolean withPort = colon > 0 && colon == text.lastIndexOf(':');
    if (withPort) {
      return isPort(text.substring(colon))
          ? Network.address(text.substring(0, colon))
          : Optional.empty();
    }
    return Network.address(text);
  }

  private static boolean isPort(String text) {
    return text.isEmpty() || text.matches(":[0-9]{1,5}");
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** Splits where no quotation marks are open. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
