package io.actormesh.runtime.link;

/** Why a stream between two nodes ended before its time. The number goes over the wire. */
public enum StreamFault {
  /** The connection broke or was closed while the stream was open. */
  LOST(1),
  /** The other node fell silent for longer than {@code link.dead-after}. */
  SILENT(2),
  /** The other node is leaving: what is left of the stream can be asked for elsewhere. */
  DRAINING(3),
  /** The producer failed. */
  FAILED(4),
  /** An element could not be encoded. */
  NOT_SERIALIZABLE(5),
  /** An element could not be decoded. */
  NOT_READABLE(6),
  /** An element is larger than the largest payload. */
  TOO_LARGE(7),
  /** The reader, or whoever made the call that the stream belongs to, wants no more. */
  CANCELLED(8),
  /** Nobody subscribed within {@code link.stream.subscribe-timeout}. */
  UNREAD(9),
  /** More streams are open on the connection than the other node allows. */
  TOO_MANY(10),
  /** A defect of the mesh itself, or a fault of a newer node that has no name here. */
  INTERNAL(11);

  private static final StreamFault[] VALUES = values();

  private final int number;

  StreamFault(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static StreamFault ofNumber(int number) {
    for (StreamFault fault : VALUES) {
      if (fault.number == number) {
        return fault;
      }
    }
    return INTERNAL;
  }
}
