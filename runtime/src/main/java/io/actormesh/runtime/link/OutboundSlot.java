package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What a link keeps about a call while it has it: correlation id, place in the deadline wheel,
 * payload not yet written, reply not yet complete. Kept in the call itself, so that a call costs
 * the link no allocation. Touched by the thread of the call's lane alone, but for the volatile
 * fields.
 */
abstract class OutboundSlot {

  /** The correlation id on its connection; 0 = none yet. */
  long linkId;

  /** Whether the whole call has been handed to the connection, so that the peer may run it. */
  boolean written;

  /** Whether the call has been told its end. */
  boolean ended;

  /** Whether the caller wants it back; set before the lane hears of it. */
  volatile boolean recalled;

  /** What is to be written, or null once it has been. */
  @Nullable ByteBuf payload;

  int payloadBytes;

  /** The parts of the reply so far, or null. */
  @Nullable Reassembly reply;

  /** What came with the first part of the reply. */
  @Nullable LoadReport replyLoad;

  boolean replyIsError;

  /** What the serving node measured, in µs; 0 until it has said so. */
  int queuedMicros;

  int servedMicros;

  /** Who is told of the deadline. */
  @Nullable CallOwner owner;

  /** The connection that carries it, or null while it waits. */
  @Nullable CallerConnection connection;

  /** The same call as the handler of this process sees it, or null if it goes elsewhere. */
  volatile @Nullable LocalCall local;

  @Nullable OutboundSlot wheelNext;
  @Nullable OutboundSlot wheelPrevious;
  int wheelSlot = DeadlineWheel.NOT_IN_WHEEL;
  long dueNanos;

  /** Takes over what the serving node measured, before the call is told its end. */
  final void timed(int queued, int served) {
    queuedMicros = queued;
    servedMicros = served;
  }
}
