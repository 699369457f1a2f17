package io.actormesh.runtime.ingress;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** What records say of a request and calls do not need. */
final class RequestFacts {

  private RequestFacts() {}

  /** The address that the request came from, as far as trusted proxies tell it. */
  static @Nullable String client(Exchange exchange) {
    return exchange.clientAddress().map(InetAddress::getHostAddress).orElse(null);
  }

  /** The identity that the client has proved. */
  static @Nullable String caller(Exchange exchange) {
    return exchange.identity;
  }

  static @Nullable String userAgent(HttpRequest request) {
    return request.getHeader("User-Agent").map(header -> header.value()).orElse(null);
  }

  /** The names of the query's parameters: their values may be anybody's secrets. */
  static @Nullable String query(HttpRequest request) {
    String raw = request.getUri().rawQueryString().orElse("");
    return raw.isEmpty()
        ? null
        : Arrays.stream(raw.split("&", 64))
            .map(parameter -> parameter.split("=", 2)[0])
            .collect(Collectors.joining("&"));
  }
}
