package io.actormesh.router;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An instance as this node's router sees it: what the registry says of it, and how many of this
 * node's calls it has in flight. The same object stands for the instance as long as it is known, so
 * that its counts survive changes of the endpoint set. Thread-safe.
 */
public final class Endpoint {

  private final EndpointId id;
  private final EndpointInfo info;
  private final NodeHealth health;
  private final AtomicInteger inFlight;

  /** A new endpoint, without calls in flight. */
  public Endpoint(EndpointId id, EndpointInfo info, NodeHealth health) {
    this(id, info, health, new AtomicInteger());
  }

  private Endpoint(EndpointId id, EndpointInfo info, NodeHealth health, AtomicInteger inFlight) {
    this.id = id;
    this.info = info;
    this.health = health;
    this.inFlight = inFlight;
  }

  /** The same endpoint with other facts; it shares the count of calls in flight with this one. */
  public Endpoint with(EndpointInfo changed) {
    return changed.equals(info) ? this : new Endpoint(id, changed, health, inFlight);
  }

  public EndpointId id() {
    return id;
  }

  public EndpointInfo info() {
    return info;
  }

  public NodeHealth health() {
    return health;
  }

  /** How many of this node's calls the endpoint has in flight. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Counts a call that is being sent. */
  public void begin() {
    inFlight.incrementAndGet();
  }

  /** Counts the end of a call, whatever it was; once for each {@link #begin}. */
  public void end() {
    inFlight.decrementAndGet();
  }

  /** Whether a new call may go there. */
  public boolean selectable() {
    return info.state() == EndpointState.READY && health.usable();
  }

  /**
   * Whether a call may go there when no endpoint is selectable: it drains, and serves until then.
   */
  public boolean lastResort() {
    return info.state() == EndpointState.SERVING && health.usable();
  }

  /** Why no new call goes there; empty if it may. */
  public String exclusion() {
    if (info.state() != EndpointState.READY) {
      return info.why().isEmpty() ? "draining" : info.why();
    }
    return health.trouble();
  }

  /** For people: {@code node/instance}. */
  public String label() {
    return info.label();
  }

  @Override
  public String toString() {
    return info.label();
  }

  /**
   * What the registry says of an endpoint.
   *
   * @param label for people and metrics, {@code node/instance}
   * @param state whether it takes new calls
   * @param why what keeps it from taking new calls, if it does not
   * @param local whether it is on this node
   * @param zone the node's zone, or empty
   * @param version the node's version, or empty
   * @param labels the node's labels
   * @param weight its share relative to others, 1 = normal
   */
  public record EndpointInfo(
      String label,
      EndpointState state,
      String why,
      boolean local,
      String zone,
      String version,
      Map<String, String> labels,
      int weight) {

    public EndpointInfo {
      labels = Map.copyOf(labels);
    }
  }
}
