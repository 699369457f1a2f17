package io.actormesh.membership.publication;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a consumer each newer value, one at a time, and survives what it throws. */
final class Listener<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  private final Consumer<T> consumer;
  private boolean delivered;
  private long deliveredVersion;
  private volatile boolean closed;

  Listener(Consumer<T> consumer) {
    this.consumer = consumer;
  }

  /**
   * Delivers the value unless it is old. The monitor is contended only when somebody subscribes
   * while something is published; it keeps the older of the two values from coming last.
   */
  synchronized void offer(T value, long version) {
    if (closed || (delivered && version <= deliveredVersion)) {
      return;
    }
    delivered = true;
    deliveredVersion = version;
    try {
      consumer.accept(value);
    } catch (RuntimeException e) {
      LOG.error("A listener failed on version {}; the others are not affected", version, e);
    }
  }

  void close() {
    closed = true;
  }
}
