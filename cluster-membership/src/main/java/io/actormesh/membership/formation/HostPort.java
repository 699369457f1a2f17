package io.actormesh.membership.formation;

import io.actormesh.membership.MembershipException;
import org.apache.pekko.actor.Address;

/**
 * Where a node listens for cluster traffic.
 *
 * @param host name or address, as the node itself is configured; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

  private static final int MAX_PORT = 65535;

  /**
   * Reads {@code host:port}, or {@code [v6]:port}.
   *
   * @param source where the text comes from, such as {@code MESH_SEEDS}; for the error
   * @throws MembershipException if it is neither
   */
  public static HostPort parse(String source, String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : unbracketed(text.substring(0, colon).strip());
    if (host.isEmpty() || host.chars().anyMatch(Character::isWhitespace)) {
      throw wrong(source, text, "has no host and port");
    }
    return new HostPort(host, port(source, text, text.substring(colon + 1).strip()));
  }

  /** Where the actor system of this address listens. */
  static HostPort of(Address address) {
    String host = address.getHost().orElse("");
    return new HostPort(isBracketed(host) ? unbracketed(host) : host, address.getPort().orElse(0));
  }

  /** The address of an actor system there, of the same name as the other. */
  Address addressLike(Address other) {
    return new Address(other.protocol(), other.system(), printedHost(), port);
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return printedHost() + ":" + port;
  }

  private String printedHost() {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  private static boolean isBracketed(String host) {
    return host.startsWith("[") && host.endsWith("]");
  }

  private static String unbracketed(String host) {
    if (!isBracketed(host)) {
      return host.indexOf(':') < 0 ? host : "";
    }
    return host.substring(1, host.length() - 1);
  }

  private static int port(String source, String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Reported below, with the others.
    }
    throw wrong(source, text, "'" + digits + "' is no port (1 to 65535)");
  }

  private static MembershipException wrong(String source, String text, String problem) {
    return new MembershipException(
        source + ": '" + text + "': " + problem + ".",
        "Write it as host:port, for example 10.0.0.7:7355, or [fd00::7]:7355 for IPv6.");
  }
}
