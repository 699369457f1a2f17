package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.TraceContext;
import io.actormesh.runtime.ingress.IngressObserver.RouteObserver;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** One request on its way; handled by one thread at a time. */
final class Exchange {

  final HttpRequest request;
  final RequestHead head;
  final long startedNanos;

  /** Its place in its trace, for the call and the response. */
  TraceContext trace;

  /** What is written about it, if anything is. */
  @Nullable RequestRecord record;

  /** Whether it holds a permit of the limit in flight. */
  boolean admitted;

  /** The route it has found. */
  @Nullable Route<?> route;

  /** Who counts it, from the moment its route is known. */
  @Nullable RouteObserver counted;

  /** What makes the response of a reply, if it is not a plain one. */
  @Nullable Function<Object, HttpResponse> answer;

  /** Whether its body has been read, or is being read. */
  boolean bodyTaken;

  /** Who stands behind it; null if nobody was asked or nobody has said. */
  @Nullable String identity;

  private final ClientAddresses addresses;

  /** Headers that the answer gets, whatever it will be; null if there are none. */
  private @Nullable List<HttpHeader> answerHeaders;

  Exchange(HttpRequest request, RequestHead head, long startedNanos, ClientAddresses addresses) {
    this.request = request;
    this.head = head;
    this.trace = head.trace();
    this.startedNanos = startedNanos;
    this.addresses = addresses;
  }

  /** Gives the answer a header, whatever it will be. */
  void answerWith(HttpHeader header) {
    List<HttpHeader> headers = answerHeaders;
    if (headers == null) {
      headers = new ArrayList<>(4);
      answerHeaders = headers;
    }
    headers.add(header);
  }

  List<HttpHeader> answerHeaders() {
    List<HttpHeader> headers = answerHeaders;
    return headers == null ? List.of() : headers;
  }

  /** The client's address, as far as trusted proxies tell it; empty if the connection has none. */
  Optional<InetAddress> clientAddress() {
    return addresses.of(request);
  }
}
