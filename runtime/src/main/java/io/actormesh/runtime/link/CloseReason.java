package io.actormesh.runtime.link;

/** Why a connection is closed on purpose; the number goes over the wire. */
enum CloseReason {
  /** Shut down in order. */
  SHUTDOWN(1),
  /** The bytes are not this protocol, or break its rules. */
  PROTOCOL_ERROR(2),
  /** The ranges of protocol versions do not overlap. */
  VERSION_MISMATCH(3),
  /** The other belongs to another cluster. */
  WRONG_CLUSTER(4),
  /** One of the two has restarted since the other's view was made. */
  WRONG_INCARNATION(5),
  /** The caller is not yet a member in the server's view: dial again soon. */
  NOT_YET_IN_VIEW(6),
  /** A frame type that may not be skipped is unknown. */
  UNKNOWN_FRAME(7),
  /** More calls are out than credits were granted. */
  CREDIT_EXCEEDED(8),
  /** The caller does not read its replies. */
  SLOW_READER(9),
  /** The caller has been silent for too long. */
  SILENT(10),
  /** The server is leaving and takes no new connections. */
  DRAINING(11),
  /** Replaced by a newer connection. */
  REPLACED(12);

  private static final CloseReason[] VALUES = values();

  private final int number;

  CloseReason(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static CloseReason ofNumber(int number) {
    for (CloseReason reason : VALUES) {
      if (reason.number == number) {
        return reason;
      }
    }
    return PROTOCOL_ERROR;
  }
}
