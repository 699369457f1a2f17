package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;

/**
 * Finds the address of a request's client: who has connected, or, if that is a trusted proxy, the
 * nearest hop in {@code Forwarded} (RFC 7239) or {@code X-Forwarded-For} that is none. Whatever
 * stands further left may have been made up, as may both headers of anybody else. Immutable.
 */
final class ClientAddresses {

  private final List<Network> trusted;

  ClientAddresses(List<String> trustedProxies) {
    this.trusted = trustedProxies.stream().map(Network::parse).flatMap(Optional::stream).toList();
  }

  /** The client's address, without port; empty if the connection has none. */
  Optional<InetAddress> of(HttpRequest request) {
    Optional<InetAddress> peer =
        request.getAttribute(AttributeKeys.remoteAddress).flatMap(RemoteAddress::getAddress);
    return peer.isEmpty() || !isTrusted(peer.get())
        ? peer
        : Optional.of(nearest(peer.get(), hops(request)));
  }

  /** The rightmost hop that is no trusted proxy; what is no address ends what can be believed. */
  InetAddress nearest(InetAddress peer, List<String> hops) {
    InetAddress nearest = peer;
    for (int i = hops.size() - 1; i >= 0 && isTrusted(nearest); i--) {
      Optional<InetAddress> hop = Hop.address(hops.get(i));
      if (hop.isEmpty()) {
        return nearest;
      }
      nearest = hop.get();
    }
    return nearest;
  }

  private boolean isTrusted(InetAddress address) {
    for (Network network : trusted) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /** From left to right; {@code Forwarded} counts alone if it is there. */
  private static List<String> hops(HttpRequest request) {
    List<String> forwarded = new ArrayList<>();
    List<String> forwardedFor = new ArrayList<>();
    for (HttpHeader header : request.getHeaders()) {
      switch (header.lowercaseName()) {
        case "forwarded" -> forwarded.addAll(Hop.forwarded(header.value()));
        case "x-forwarded-for" -> forwardedFor.addAll(List.of(header.value().split(",", -1)));
        default -> {
          // Says nothing about the client.
        }
      }
    }
    return forwarded.isEmpty() ? forwardedFor : forwarded;
  }
}
