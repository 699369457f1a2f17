package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.DoorSecurity;
import io.actormesh.runtime.config.NodeSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the front door.
 *
 * @param host the address to bind
 * @param port the port to bind, 0 = any free one
 * @param maxInFlight requests that may be unanswered at once; more are refused with 503
 * @param maxBody the largest body of a request, in bytes
 * @param headTimeout how long a new connection may take to its first complete request head; longer
 *     closes it
 * @param bodyTimeout how long a body may take to arrive; longer is answered 408
 * @param maxDeadline the longest deadline that a client may ask for
 * @param acceptPriority whether clients may choose the priority of their calls: only for clients
 *     that you trust
 * @param http2 whether HTTP/2 is spoken beside HTTP/1.1
 * @param maxConnections open connections; for more, those are closed that have been idle longest
 * @param minReadRate how many bytes of an answer a client has to read in a second, once {@code
 *     idleTimeout} is over
 * @param requestTimeout when Pekko's HTTP server gives up a request; longer than any deadline,
 *     whose failure says more
 * @param idleTimeout when a connection that asks for nothing more is closed; longer than the former
 * @param quietPeriod how long, when leaving, responses tell clients to close their connections
 *     before connections are closed
 * @param patience how long requests in flight may take to finish after the quiet period
 * @param stream streaming operations
 * @param security who may come in, and how much they may bring
 * @param api what the front door says about itself
 * @param tls the certificate, if the port speaks TLS
 */
public record IngressSettings(
    String host,
    int port,
    int maxInFlight,
    int maxBody,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration maxDeadline,
    boolean acceptPriority,
    boolean http2,
    int maxConnections,
    long minReadRate,
    Duration requestTimeout,
    Duration idleTimeout,
    Duration quietPeriod,
    Duration patience,
    StreamSettings stream,
    DoorSecurity security,
    ApiSettings api,
    Optional<TlsSettings> tls) {

  private static final Duration MARGIN = Duration.ofSeconds(5);

  public IngressSettings {
    require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
    require(maxInFlight >= 1, "max-in-flight", maxInFlight, ">= 1");
    require(maxBody >= 1 && maxBody <= 1 << 30, "max-body", maxBody, "1 byte to 1 GiB");
    require(isPositive(headTimeout), "head-timeout", headTimeout, "> 0");
    require(isPositive(bodyTimeout), "body-timeout", bodyTimeout, "> 0");
    require(isPositive(maxDeadline), "max-deadline", maxDeadline, "> 0");
    require(maxConnections >= 1, "max-connections", maxConnections, ">= 1");
    require(minReadRate >= 1, "min-read-rate", minReadRate, ">= 1");
    require(isPositive(requestTimeout), "request-timeout", requestTimeout, "> 0");
    boolean idleIsLonger = idleTimeout.compareTo(requestTimeout) > 0;
    require(idleIsLonger, "idle-timeout", idleTimeout, "> request-timeout, " + requestTimeout);
    require(!quietPeriod.isNegative(), "quiet-period", quietPeriod, ">= 0");
    require(!patience.isNegative(), "patience", patience, ">= 0");
  }

  /**
   * The front door's part of a node's settings.
   *
   * @param longestDeadline the longest deadline that a policy gives an exposed operation
   */
  public static IngressSettings of(NodeSettings node, Duration longestDeadline) {
    NodeSettings.Ingress ingress = node.ingress();
    Duration requestTimeout = ingress.requestTimeout(max(longestDeadline, ingress.maxDeadline()));
    return new IngressSettings(
        ingress.bindHost(),
        ingress.port().orElse(0),
        ingress.maxInFlight(),
        Math.toIntExact(ingress.maxBody()),
        ingress.headTimeout(),
        ingress.bodyTimeout(),
        ingress.maxDeadline(),
        ingress.acceptPriority(),
        ingress.http2(),
        ingress.maxConnections(),
        ingress.minReadRate(),
        requestTimeout,
        max(ingress.idleTimeout(), requestTimeout.plus(MARGIN)),
        node.drain().quietPeriod(),
        node.drain().patience(),
        StreamSettings.of(node),
        ingress.security(),
        ApiSettings.of(node),
        ingress.tls().map(TlsSettings::of));
  }

  /** How many connections there may be, and how long they may say nothing of use. */
  ConnectionLimits connections() {
    return new ConnectionLimits(maxConnections, headTimeout, idleTimeout, minReadRate);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
