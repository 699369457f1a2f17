package io.actormesh.runtime.ingress;

import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.CertificateFigures;
import io.actormesh.runtime.telemetry.IngressStats;
import io.actormesh.runtime.telemetry.StreamEnd;
import java.util.function.Supplier;

/** Who counts the requests of the front door. Called on request threads: must be quick. */
@FunctionalInterface
public interface IngressObserver {

  /** Requests that no route matches. */
  String NO_ROUTE = "(no route)";

  /** Requests that the limit in flight refused. */
  String REFUSED = "(refused)";

  /** Counts nothing. */
  IngressObserver NONE = route -> RouteObserver.NONE;

  /**
   * Where to count the requests of a route; asked once per route.
   *
   * @param route method and template, {@code GET /orders/{id}}, or one of the constants
   */
  RouteObserver route(String route);

  /**
   * A request was refused because of who sent it.
   *
   * @param reason one of few fixed words, such as {@code expired}
   */
  default void rejected(String reason) {}

  /**
   * A connection was ended because of what its client had sent.
   *
   * @param reason one of few fixed words, such as {@code flood}
   */
  default void connectionCut(String reason) {}

  /** Where to read what certificate the front door shows; said once, if it speaks TLS. */
  default void certificate(Supplier<CertificateFigures> source) {}

  /** Counts into the node's metrics. */
  static IngressObserver into(CallMetrics metrics) {
    return new IngressObserver() {
      @Override
      public RouteObserver route(String route) {
        return new StatsObserver(metrics.ingress(route));
      }

      @Override
      public void rejected(String reason) {
        metrics.ingressRejected(reason);
      }

      @Override
      public void connectionCut(String reason) {
        metrics.ingressCut(reason);
      }

      @Override
      public void certificate(Supplier<CertificateFigures> source) {
        metrics.certificate(source);
      }
    };
  }

  /** Who counts the requests of one route; each {@link #begin} is followed by one {@link #end}. */
  interface RouteObserver {

    /** Counts nothing. */
    RouteObserver NONE =
        new RouteObserver() {
          @Override
          public void begin() {}

          @Override
          public void end(int status, long nanos) {}
        };

    /** A request has found its route. */
    void begin();

    /**
     * It is answered.
     *
     * @param status the HTTP status of the answer
     * @param nanos from its head's arrival to the answer
     */
    void end(int status, long nanos);

    /** One of its streams has begun; each is followed by one {@link #streamEnd}. */
    default void streamBegin() {}

    /** Elements were sent to the client, or came from it. */
    default void streamElements(long sent, long received) {}

    /** Bytes of a response that is a stream were handed to the HTTP server. */
    default void streamBytes(long sent) {}

    /** A stream is over. */
    default void streamEnd(StreamEnd how) {}
  }

  /** Counts into one route's metrics. */
  record StatsObserver(IngressStats stats) implements RouteObserver {
    @Override
    public void begin() {
      stats.begin();
    }

    @Override
    public void end(int status, long nanos) {
      stats.end(status, nanos);
    }

    @Override
    public void streamBegin() {
      stats.streams().begin();
    }

    @Override
    public void streamElements(long sent, long received) {
      stats.streams().elements(sent, received);
    }

    @Override
    public void streamEnd(StreamEnd how) {
      stats.streams().end(how);
    }
  }
}
