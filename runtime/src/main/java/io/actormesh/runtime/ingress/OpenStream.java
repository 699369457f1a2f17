package io.actormesh.runtime.ingress;

import io.actormesh.runtime.ingress.IngressObserver.RouteObserver;
import io.actormesh.runtime.telemetry.StreamEnd;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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

  private final OpenStreams streams;
  private final RouteObserver observer;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicReference<@Nullable Cut> cut = new AtomicReference<>();
  private final AtomicReference<@Nullable Cutter> cutter = new AtomicReference<>();

  OpenStream(OpenStreams streams, RouteObserver observer) {
    this.streams = streams;
    this.observer = observer;
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

  /** Whether the caller is the first who wants to run the stream, and so the only one who may. */
  boolean claim() {
    return claimed.compareAndSet(false, true);
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
      streams.ended(this);
      observer.streamEnd(how);
    }
  }
}
