package io.actormesh.benchmarks.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.actormesh.benchmarks.calls.Echo;

/** Requests of HTTP/1.1 as bytes. */
final class Requests {

  /** The one that everybody sends who does no harm. */
  static final byte[] ECHO = post("{\"text\":\"" + Echo.TEXT + "\",\"number\":7}");

  private Requests() {}

  static byte[] get(String path) {
    return bytes("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  static byte[] post(String json) {
    return bytes(head("Content-Length: " + json.length()) + json);
  }

  /** The head of a request to echo, with such headers. */
  static String head(String headers) {
    return "POST "
        + HostileDoor.ECHO
        + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + headers
        + "\r\n\r\n";
  }

  static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
