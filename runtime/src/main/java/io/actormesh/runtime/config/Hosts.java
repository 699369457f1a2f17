package io.actormesh.runtime.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** What can be said about a host without asking a name server. */
final class Hosts {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\\w+)?");

  private Hosts() {}

  static boolean isHost(String text) {
    return text.length() <= 253 && (NAME.matcher(text).matches() || IPV6.matcher(text).matches());
  }

  static boolean isLoopback(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals("localhost") || lower.equals("::1") || lower.matches("127(\\.\\d+){3}");
  }

  /** Every interface: fine to bind, impossible to dial. */
  static boolean isWildcard(String host) {
    return host.equals("0.0.0.0") || host.equals("::") || host.equals("0:0:0:0:0:0:0:0");
  }
}
