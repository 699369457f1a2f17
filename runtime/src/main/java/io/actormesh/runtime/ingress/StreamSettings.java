package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.NodeSettings;
import java.time.Duration;

/**
 * The settings of streaming operations at the front door.
 *
 * @param maxOpen streams that may be open at once; more are refused with 503
 * @param heartbeat after which a quiet stream says that it lives
 * @param retry what clients of server-sent events are told to wait before they come back
 * @param maxElement the largest element that a client may send, in bytes
 * @param writeTimeout how long a client may take nothing of what waits for it
 * @param pingInterval after which a quiet WebSocket is pinged
 * @param patience how long streams may go on when the node leaves
 */
public record StreamSettings(
    int maxOpen,
    Duration heartbeat,
    Duration retry,
    int maxElement,
    Duration writeTimeout,
    Duration pingInterval,
    Duration patience) {

  public StreamSettings {
    require(maxOpen >= 1, "max-open", maxOpen, ">= 1");
    require(isPositive(heartbeat), "heartbeat", heartbeat, "> 0");
    require(isPositive(retry), "retry", retry, "> 0");
    require(maxElement >= 1 && maxElement <= 1 << 30, "max-element", maxElement, "1 B to 1 GiB");
    require(isPositive(writeTimeout), "write-timeout", writeTimeout, "> 0");
    require(isPositive(pingInterval), "ping-interval", pingInterval, "> 0");
    require(!patience.isNegative(), "patience", patience, ">= 0");
  }

  static StreamSettings of(NodeSettings node) {
    NodeSettings.IngressStream stream = node.ingress().stream();
    return new StreamSettings(
        stream.maxOpen(),
        stream.heartbeat(),
        stream.retry(),
        stream.maxElement(),
        stream.writeTimeout(),
        stream.pingInterval(),
        node.drain().streamPatience());
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
