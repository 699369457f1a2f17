package io.actormesh.runtime.config;

import java.util.Optional;

/**
 * A host and a port to dial.
 *
 * @param host a name or an address; IPv6 without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

  /** Reads {@code host:port} or {@code [ipv6]:port}; empty if the text is neither. */
  public static Optional<HostPort> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      return Optional.empty();
    }
    String host = unbracketed(text.substring(0, colon));
    int port = port(text.substring(colon + 1));
    return Hosts.isHost(host) && port > 0
        ? Optional.of(new HostPort(host, port))
        : Optional.empty();
  }

  private static String unbracketed(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    // Without brackets the last group of an IPv6 address would pass for the port.
    boolean ambiguous = !bracketed && host.indexOf(':') >= 0;
    return bracketed ? host.substring(1, host.length() - 1) : ambiguous ? "" : host;
  }

  private static int port(String digits) {
    if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(HostPort::isDigit)) {
      return -1;
    }
    int port = Integer.parseInt(digits);
    return port <= 65_535 ? port : -1;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
