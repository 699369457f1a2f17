package io.actormesh.samples.demo;

import io.actormesh.samples.demo.Errand.Order;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an errand ended.
 *
 * @param client who ran it
 * @param door the node that answered, or should have
 * @param operation the service and operation behind it
 * @param order the order that was to be placed, if it was that
 * @param startNanos when the customer came
 * @param endNanos when the customer had the answer, or gave up
 * @param ending how
 * @param code the stable code of a failure; the warehouse of a placed order; else empty
 * @param started what the failure says of whether work was begun: {@code no}, {@code maybe}, {@code
 *     yes}; else empty
 * @param detail what else was said about a failure
 */
record Outcome(
    int client,
    String door,
    String operation,
    @Nullable Order order,
    long startNanos,
    long endNanos,
    Ending ending,
    String code,
    String started,
    String detail) {

  /** How an errand can end. */
  enum Ending {
    /** With what the customer wanted. */
    ANSWERED,
    /** With a refusal that the shop means: pianos are not sold online. */
    REFUSED,
    /** With a failure that carries a stable code. */
    FAILED,
    /** With a failure that says nothing one could act on. */
    UNTYPED,
    /** The connection broke before the answer. */
    LOST,
    /** There was no answer in time. */
    LATE
  }

  boolean failed() {
    return ending != Ending.ANSWERED && ending != Ending.REFUSED;
  }

  Duration took() {
    return Duration.ofNanos(endNanos - startNanos);
  }
}
