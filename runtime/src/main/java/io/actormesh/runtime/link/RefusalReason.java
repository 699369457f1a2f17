package io.actormesh.runtime.link;

import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.Started;

/** Why the serving node did not answer a call with a reply. The number goes over the wire. */
public enum RefusalReason {
  UNKNOWN_SERVICE(1, FailureCode.NO_ROUTE, Started.NO, true),
  UNKNOWN_OPERATION(2, FailureCode.UNKNOWN_OPERATION, Started.NO, true),
  INCOMPATIBLE(3, FailureCode.INCOMPATIBLE, Started.NO, true),
  QUEUE_FULL(4, FailureCode.QUEUE_FULL, Started.NO, true),
  BYTES_FULL(5, FailureCode.QUEUE_FULL, Started.NO, true),
  DRAINING(6, FailureCode.DRAINING, Started.NO, true),
  /** The instance is gone or being replaced; the call had not been started. */
  INSTANCE_GONE(7, FailureCode.NO_ROUTE, Started.NO, true),
  /** The deadline passed while the call was waiting; it was never run. */
  EXPIRED(8, FailureCode.DEADLINE, Started.NO, false),
  /** The deadline passed while the call was running. */
  UNANSWERED(9, FailureCode.DEADLINE, Started.YES, false),
  /** The user's code threw. */
  FAILED(10, FailureCode.SERVICE_FAILED, Started.YES, false),
  /** The instance stopped without answering. */
  STOPPED(11, FailureCode.SERVICE_STOPPED, Started.YES, false),
  UNHANDLED(12, FailureCode.UNHANDLED, Started.YES, false),
  NOT_READABLE(13, FailureCode.NOT_READABLE, Started.NO, false),
  REPLY_NOT_SERIALIZABLE(14, FailureCode.REPLY_NOT_SERIALIZABLE, Started.YES, false),
  REPLY_TOO_LARGE(15, FailureCode.REPLY_TOO_LARGE, Started.YES, false),
  TOO_LARGE(16, FailureCode.TOO_LARGE, Started.NO, false),
  /** Answer to a recall: the call was still waiting and will not run. */
  RECALLED(17, FailureCode.CANCELLED, Started.NO, false),
  INTERNAL(18, FailureCode.INTERNAL, Started.MAYBE, false),
  /** The instance has as many streams open as it may. */
  TOO_MANY_STREAMS(19, FailureCode.TOO_MANY_STREAMS, Started.NO, true);

  private static final RefusalReason[] BY_NUMBER = new RefusalReason[20];

  static {
    for (RefusalReason reason : values()) {
      BY_NUMBER[reason.number] = reason;
    }
  }

  private final int number;
  private final FailureCode code;
  private final Started started;
  private final boolean elsewhere;

  RefusalReason(int number, FailureCode code, Started started, boolean elsewhere) {
    this.number = number;
    this.code = code;
    this.started = started;
    this.elsewhere = elsewhere;
  }

  /** The number on the wire. */
  public int number() {
    return number;
  }

  /** The failure that a caller sees when no other endpoint helps. */
  public FailureCode code() {
    return code;
  }

  /** Whether the work was begun. */
  public Started started() {
    return started;
  }

  /** Whether another endpoint may take the call; implies that it was not started. */
  public boolean elsewhere() {
    return elsewhere;
  }

  /** The reason with a wire number; {@link #INTERNAL} for a number of a newer peer. */
  public static RefusalReason ofNumber(int number) {
    boolean known = number > 0 && number < BY_NUMBER.length;
    return known ? BY_NUMBER[number] : INTERNAL;
  }
}
