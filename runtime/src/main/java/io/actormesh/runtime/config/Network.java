package io.actormesh.runtime.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses, {@code 10.0.0.0/8} or {@code fd00::/8}, or a single one. An IPv4 address
 * that is written as an IPv6 one ({@code ::ffff:10.0.0.1}) counts as what it is.
 */
public final class Network {

  // Never a name: reading a setting or a header must not ask a name server.
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /** Reads {@code address/bits} or {@code address}; empty if it is neither. */
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = address.get().getAddress();
    String bits = slash < 0 ? Integer.toString(bytes.length * 8) : text.substring(slash + 1);
    if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > bytes.length * 8) {
      return Optional.empty();
    }
    return Optional.of(new Network(bytes, Integer.parseInt(bits)));
  }

  /** Reads an address without port; empty if the text is none. Never asks a name server. */
  public static Optional<InetAddress> address(String text) {
    if (text.length() > 45 || !LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  /** Whether the address is one of these. */
  public boolean contains(InetAddress one) {
    byte[] other = one.getAddress();
    if (other.length != address.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (other[i] != address[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((other[whole] ^ address[whole]) & 0xff) >> (8 - rest) == 0;
  }
}
