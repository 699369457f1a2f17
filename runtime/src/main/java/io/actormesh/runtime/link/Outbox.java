package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers frames into few large buffers and hands them to the socket with one flush. Owned by the
 * connection's loop.
 */
final class Outbox {

  private static final int FIRST_BYTES = 1024;
  private static final int FULL_BYTES = 64 * 1024;

  private final Channel channel;
  private final LinkObserver observer;
  private @Nullable ByteBuf gathering;
  private int estimate = FIRST_BYTES;
  private boolean dirty;
  private boolean closed;
  private boolean wroteSinceAsked;
  private int frames;
  private long bytes;

  Outbox(Channel channel, LinkObserver observer) {
    this.channel = channel;
    this.observer = observer;
  }

  /** The buffer to append the next frame to. */
  ByteBuf room() {
    ByteBuf buffer = gathering;
    if (buffer != null && buffer.readableBytes() >= FULL_BYTES) {
      handOver(buffer);
      buffer = null;
    }
    if (buffer == null) {
      buffer = channel.alloc().directBuffer(estimate);
      gathering = buffer;
    }
    frames++;
    return buffer;
  }

  /** Whether the socket takes more: below the high water mark, or again below the low one. */
  boolean writable() {
    ByteBuf buffer = gathering;
    return channel.isWritable()
        && (buffer == null || buffer.readableBytes() < channel.bytesBeforeUnwritable());
  }

  /** Bytes handed over that the socket has not taken. */
  long unsentBytes() {
    ChannelOutboundBuffer socket = channel.unsafe().outboundBuffer();
    ByteBuf buffer = gathering;
    return (socket == null ? 0 : socket.totalPendingWriteBytes())
        + (buffer == null ? 0 : buffer.readableBytes());
  }

  /** Sends everything gathered. */
  void flush() {
    ByteBuf buffer = gathering;
    if (buffer != null) {
      estimate = Math.max(FIRST_BYTES, Math.min(FULL_BYTES, buffer.readableBytes() + 256));
      handOver(buffer);
    }
    if (dirty) {
      dirty = false;
      wroteSinceAsked = true;
      observer.onWritten(bytes, frames);
      bytes = 0;
      frames = 0;
      channel.flush();
    }
  }

  /** Sends everything gathered, and tells when the socket has taken it. */
  ChannelFuture flushed() {
    flush();
    return channel.writeAndFlush(channel.alloc().directBuffer(0));
  }

  /** Whether anything was sent since the last time this was asked. */
  boolean takeWrote() {
    boolean wrote = wroteSinceAsked;
    wroteSinceAsked = false;
    return wrote;
  }

  /** Throws away what has been gathered, and what comes after this. */
  void close() {
    closed = true;
    ByteBuf buffer = gathering;
    gathering = null;
    if (buffer != null) {
      buffer.release();
    }
  }

  private void handOver(ByteBuf buffer) {
    gathering = null;
    if (closed) {
      buffer.release();
      return;
    }
    dirty = true;
    bytes += buffer.readableBytes();
    var unused = channel.write(buffer);
  }
}
