package io.actormesh.runtime.stream;

import io.actormesh.runtime.link.StreamFault;
import org.jspecify.annotations.Nullable;

/**
 * Told of one stream, for figures and limits. Called by the thread that runs the stream, once each
 * but {@link #element}; must be fast and must not throw.
 */
public interface StreamObserver {

  /** It is being run for the first and only time. */
  default void started() {}

  /** An element has passed. */
  default void element() {}

  /**
   * It has ended, whether or not it was ever run.
   *
   * @param fault how it failed; null if it came to its end; {@link StreamFault#CANCELLED} if its
   *     reader wanted no more
   */
  default void ended(@Nullable StreamFault fault) {}

  /** Observes nothing. */
  static StreamObserver none() {
    return new StreamObserver() {};
  }
}
