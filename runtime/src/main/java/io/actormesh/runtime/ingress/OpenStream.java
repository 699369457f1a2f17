package io.actormesh.runtime.ingress;

import io.actormesh.runtime.ingress.IngressObserver.RouteObserver;
import io.actormesh.runtime.telemetry.StreamEnd;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.Cancellable;
import org.jspecify.annotations.Nullable;

/** One stream, from its place in the limit to its end, which is reached once. Thread-safe. */
final class OpenStream {

  /** Somebody else than client and service ends the stream. */
  record Cut(StreamEnd end, Problem problem) {}

  /** Who ends the stream when it is cut; may be told more than once. */
  @FunctionalInterface
  interface Cutter {
    void cut(Cut cut);
  }

  /**
   * What nobody reads yet.
   *
   * @param discard tells what feeds it that nobody will
   * @param timeout when it is given up
   */
  private record Unread(Runnable discard, Cancellable timeout) {}

  private final OpenStreams streams;
  private final RouteObserver observer;
  private final @Nullable ClientConnection client;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicReference<@Nullable Cut> cut = new AtomicReference<>();
  private final AtomicReference<@Nullable Cutter> cutter = new AtomicReference<>();
  private final AtomicReference<@Nullable Unread> unread = new AtomicReference<>();

  /**
   * @param client over which it is to be read, if that is known
   */
  OpenStream(OpenStreams streams, RouteObserver observer, @Nullable ClientConnection client) {
    this.streams = streams;
    this.observer = observer;
    this.client = client;
  }

  /** Names who ends the stream when it is cut, in place of who was named before. */
  void cutBy(Cutter by) {
    cutter.set(by);
    Cut earlier = cut.get();
    if (earlier != null) {
      by.cut(earlier);
    }
  }

  /** Ends the stream before its time, with words for the client. The first time counts. */
  void cut(StreamEnd end, Problem problem) {
    Cut mine = new Cut(end, problem);
    if (cut.compareAndSet(null, mine)) {
      Cutter by = cutter.get();
      if (by != null) {
        by.cut(mine);
      }
    }
  }

  /** How the stream was cut; null if it was not. */
  @Nullable Cut cutSoFar() {
    return cut.get();
  }

  /** From now on somebody has to {@link #claim} it before its client's connection ends. */
  void awaitReader(Runnable discard, Cancellable timeout) {
    unread.set(new Unread(discard, timeout));
    if (client != null) {
      client.awaitReader(this);
    }
  }

  /** Whether the caller is the first who wants to run the stream, and so the only one who may. */
  boolean claim() {
    if (!claimed.compareAndSet(false, true)) {
      return false;
    }
    Unread waiting = unread.getAndSet(null);
    if (waiting != null) {
      // It would keep the stream in memory until it is due, whatever has become of it.
      waiting.timeout().cancel();
      if (client != null) {
        client.read(this);
      }
    }
    return true;
  }

  /** Ends it unless somebody reads it. */
  void giveUp() {
    Unread waiting = unread.get();
    if (claim()) {
      end(StreamEnd.CANCELLED);
      if (waiting != null) {
        waiting.discard().run();
      }
    }
  }

  /** Elements went to the client. */
  void sent(long elements) {
    observer.streamElements(elements, 0);
  }

  /** So many bytes of the response went to the client. */
  void wrote(int bytes) {
    observer.streamBytes(bytes);
  }

  /** An element came from the client. */
  void received() {
    observer.streamElements(0, 1);
  }

  /** It is over. The first time counts. */
  void end(StreamEnd how) {
    if (ended.compareAndSet(false, true)) {
      cutter.set(null);
      streams.ended(this);
      observer.streamEnd(how);
    }
  }
}
