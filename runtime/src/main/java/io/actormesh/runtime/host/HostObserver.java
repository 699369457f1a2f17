package io.actormesh.runtime.host;

import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.link.StreamFault;
import org.jspecify.annotations.Nullable;

/**
 * Told what the host does, for metrics. Called on the request path by any thread: must be fast,
 * must not block and must not throw.
 */
public interface HostObserver {

  /** The observer of one instance; asked once per instance, then kept. */
  InstanceObserver instance(String service, int instance);

  /** A call was refused before an instance was chosen; the names come from the caller. */
  default void refused(String service, RefusalReason reason) {}

  /** Told of one instance's calls. */
  interface InstanceObserver {
    /** A call was taken into the queue. */
    default void queued(int payloadBytes) {}

    /** A call was started after waiting this long. */
    default void started(long queuedNanos) {}

    /**
     * A call was answered, or a one-way call has run.
     *
     * @param serviceNanos time since it was started
     * @param error whether the reply was the service's own error
     */
    default void answered(long serviceNanos, boolean error) {}

    /** A call was refused at the door; it was never queued. */
    default void refused(RefusalReason reason) {}

    /** A queued call was taken out without being run: handed back, recalled or expired. */
    default void left(RefusalReason reason) {}

    /** A started call ended without a reply, after having run for the given time. */
    default void failed(RefusalReason reason, long serviceNanos) {}

    /** A reply to a call that had been answered already; it was ignored. */
    default void secondReply() {}

    /** A reply to a call that had failed already, such as by its deadline; it was ignored. */
    default void lateReply() {}

    /** An accepted one-way call could not be run before the instance was given up. */
    default void abandoned() {}

    /** A stream is open: one that was replied, or one that came with a started call. */
    default void streamOpened() {}

    /** An element has passed on one of its streams. */
    default void streamElement() {}

    /**
     * A stream has ended.
     *
     * @param fault how it failed; null if it came to its end; {@code CANCELLED} if its reader
     *     wanted no more
     */
    default void streamEnded(@Nullable StreamFault fault) {}

    /** The instance failed or stopped and will be replaced. */
    default void replaced() {}
  }

  /** Observes nothing. */
  static HostObserver none() {
    InstanceObserver nothing = new InstanceObserver() {};
    return (service, instance) -> nothing;
  }
}
