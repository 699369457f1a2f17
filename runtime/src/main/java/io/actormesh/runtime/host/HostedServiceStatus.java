package io.actormesh.runtime.host;

import io.actormesh.runtime.policy.ExecutionModel;
import java.time.Duration;
import java.util.List;

/**
 * How a hosted service stands at this moment; values of different instances are not one snapshot.
 *
 * @param service the service's name
 * @param schema the service's schema
 * @param execution where its instances run now
 * @param movedToPool whether it was configured for the event loop and moved because it hogged it
 * @param draining whether it takes no new calls
 * @param instances one entry an instance, in the order of their numbers
 */
public record HostedServiceStatus(
    String service,
    String schema,
    ExecutionModel execution,
    boolean movedToPool,
    boolean draining,
    List<InstanceStatus> instances) {

  public HostedServiceStatus {
    instances = List.copyOf(instances);
  }

  /** The life of an instance. */
  public enum Lifecycle {
    /** Being spawned. */
    STARTING,
    /** Serving. */
    READY,
    /** Failed or stopped; waits for its back-off. */
    REPLACING,
    /** Gone for good. */
    STOPPED
  }

  /**
   * One instance.
   *
   * @param id its number on this node, from 0
   * @param lifecycle where it is in its life
   * @param started calls started and not answered
   * @param queued calls waiting
   * @param queuedBytes bytes of the encoded requests waiting
   * @param oldestQueued how long the oldest waiting call has waited; zero if none waits
   * @param utilisationPermille share of time it was busy lately, 0 to 1000
   * @param streams streams open: those it replied, and those that calls have brought
   * @param restarts how often it was replaced
   * @param unanswered calls it left unanswered until their deadline
   */
  public record InstanceStatus(
      int id,
      Lifecycle lifecycle,
      int started,
      int queued,
      long queuedBytes,
      Duration oldestQueued,
      int utilisationPermille,
      int streams,
      long restarts,
      long unanswered) {}
}
