package io.actormesh.runtime.ingress;

import io.actormesh.runtime.ingress.IngressObserver.RouteObserver;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** One request on its way; handled by one thread at a time. */
final class Exchange {

  final HttpRequest request;
  final RequestHead head;
  final long startedNanos;

  /** Whether it holds a permit of the limit in flight. */
  boolean admitted;

  /** The route it has found. */
  @Nullable Route<?> route;

  /** Who counts it, from the moment its route is known. */
  @Nullable RouteObserver counted;

  /** Whether its body has been read, or is being read. */
  boolean bodyTaken;

  Exchange(HttpRequest request, RequestHead head, long startedNanos) {
    this.request = request;
    this.head = head;
    this.startedNanos = startedNanos;
  }
}
