package io.actormesh.runtime.link;

import org.jspecify.annotations.Nullable;

/**
 * Counts what links do. Called on event loops, once per batch where it can be: must be quick and
 * must not throw.
 */
public interface LinkObserver {

  /** What a link throws away; whoever waited for it has been told otherwise. */
  enum Drop {
    /** A reply or refusal to a call that had ended by its deadline, its recall or a failure. */
    LATE_REPLY,
    /** A part of a payload that nobody waits for any more. */
    LATE_CHUNK,
    /** The end of a call whose caller's connection has gone. */
    CALLER_GONE,
    /** A call that arrived after GOAWAY; its caller knows that it is not served. */
    AFTER_GOAWAY,
    /** A frame of an unknown type that may be skipped. */
    UNKNOWN_FRAME,
    /** A frame of a stream that is over. */
    LATE_STREAM,
    /** A second end of a call that had ended. */
    SECOND_END
  }

  /** Observes nothing. */
  LinkObserver NONE = new LinkObserver() {};

  /** Bytes and whole frames read since the last time, from all peers. */
  default void onRead(long bytes, int frames) {}

  /** Bytes and frames handed to a socket. */
  default void onWritten(long bytes, int frames) {}

  /** A connection this node dialled has finished its handshake. */
  default void onConnected(LinkPeer peer) {}

  /** A connection this node dialled failed, broke or was closed. */
  default void onDisconnected(LinkPeer peer, String why) {}

  /** A caller's connection has finished its handshake. */
  default void onCallerConnected(String nodeAddress) {}

  /** A caller's connection was turned away, broke or was closed. */
  default void onCallerDisconnected(String nodeAddress, String why) {}

  /** A stream has been opened, to be sent or to be received. */
  default void onStreamOpened(boolean sent) {}

  /** Elements of a stream were written or read; once per frame. */
  default void onStreamElements(boolean sent, int elements, long bytes) {}

  /** A stream is over; the fault is null if it completed. */
  default void onStreamEnded(boolean sent, @Nullable StreamFault fault) {}

  /** Something was thrown away. */
  default void onDropped(Drop drop) {}
}
