package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The large payloads that one connection is sending, one part of each in turn. Small frames are
 * written before the next part, so they overtake. Owned by the connection's loop.
 */
final class ChunkedWrites {

  /** Parts written in one go, before the loop may read and small frames may overtake. */
  private static final int PARTS_AT_ONCE = 4;

  private final ArrayDeque<Transfer> turns = new ArrayDeque<>();
  private final int chunkBytes;
  private long waitingBytes;

  ChunkedWrites(int chunkBytes) {
    this.chunkBytes = chunkBytes;
  }

  boolean isEmpty() {
    return turns.isEmpty();
  }

  /** Bytes that have not been written yet. */
  long waitingBytes() {
    return waitingBytes;
  }

  /** Takes over the rest of a payload whose first part has been written. */
  void add(long id, ByteBuf rest) {
    turns.add(new Transfer(id, rest));
    waitingBytes += rest.readableBytes();
  }

  /**
   * Writes some parts, as long as the socket takes them.
   *
   * @param completed told the id of each payload whose last part has been written
   * @return whether more could be written at once
   */
  boolean write(Outbox outbox, FrameWriter writer, LongConsumer completed) {
    for (int parts = 0; parts < PARTS_AT_ONCE; parts++) {
      Transfer transfer = outbox.writable() ? turns.poll() : null;
      if (transfer == null) {
        return false;
      }
      writePart(transfer, outbox, writer, completed);
    }
    return !turns.isEmpty();
  }

  /** Gives up the payload with an id, if it is still being sent. */
  boolean cancel(long id) {
    for (Iterator<Transfer> all = turns.iterator(); all.hasNext(); ) {
      Transfer transfer = all.next();
      if (transfer.id == id) {
        all.remove();
        drop(transfer);
        return true;
      }
    }
    return false;
  }

  void close() {
    @Nullable Transfer transfer = turns.poll();
    while (transfer != null) {
      drop(transfer);
      transfer = turns.poll();
    }
  }

  private void writePart(
      Transfer transfer, Outbox outbox, FrameWriter writer, LongConsumer completed) {
    int length = Math.min(chunkBytes, transfer.rest.readableBytes());
    boolean more = length < transfer.rest.readableBytes();
    writer.chunk(outbox.room(), transfer.id, transfer.rest, length, more);
    waitingBytes -= length;
    if (more) {
      turns.add(transfer);
    } else {
      transfer.rest.release();
      completed.accept(transfer.id);
    }
  }

  private void drop(Transfer transfer) {
    waitingBytes -= transfer.rest.readableBytes();
    transfer.rest.release();
  }

  private static final class Transfer {

    private final long id;
    private final ByteBuf rest;

    Transfer(long id, ByteBuf rest) {
      this.id = id;
      this.rest = rest;
    }
  }
}
