package io.actormesh.runtime.telemetry;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.failure.FailureCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one edge: one caller, one operation, one endpoint. Any number of threads may
 * count at once; counting takes no lock and allocates nothing. Callers keep the object with the
 * endpoint and must pair every {@link #begin} with exactly one {@link #end}.
 */
public final class EdgeStats {

  private static final int BEGUN = 0;
  private static final int NANOS = 1;
  private static final int REQUEST_BYTES = 2;
  private static final int REPLY_BYTES = 3;
  private static final int FIRST_BUCKET = 4;

  private final EdgeId id;
  private final Ticker ticker;
  private final StripedLongs counts = new StripedLongs(FIRST_BUCKET + LatencyBuckets.COUNT);
  private final Map<FailureCode, LongAdder> failures = new ConcurrentHashMap<>(4);
  private final RecentWindow window;
  private final StreamStats streams = new StreamStats();
  private volatile @Nullable Supplier<EdgeStats> successor;

  EdgeStats(EdgeId id, Ticker ticker) {
    this.id = id;
    this.ticker = ticker;
    this.window = new RecentWindow(ticker.nowNanos());
  }

  /** What is counted here. */
  public EdgeId id() {
    return id;
  }

  /** A call begins: it is in flight from now on. */
  public void begin() {
    Supplier<EdgeStats> elsewhere = successor;
    if (elsewhere != null) {
      elsewhere.get().begin();
      return;
    }
    counts.stripe().getAndIncrement(BEGUN);
  }

  /**
   * A call ends.
   *
   * @param code how it failed, or null if it was answered
   * @param latencyNanos how long it took since {@link #begin}
   * @param requestBytes the size of its encoded request, 0 if it was never encoded
   * @param replyBytes the size of its encoded reply, 0 if there was none
   */
  public void end(@Nullable FailureCode code, long latencyNanos, int requestBytes, int replyBytes) {
    Supplier<EdgeStats> elsewhere = successor;
    if (elsewhere != null) {
      elsewhere.get().end(code, latencyNanos, requestBytes, replyBytes);
      return;
    }
    AtomicLongArray stripe = counts.stripe();
    stripe.getAndAdd(NANOS, Math.max(0, latencyNanos));
    stripe.getAndAdd(REQUEST_BYTES, requestBytes);
    stripe.getAndAdd(REPLY_BYTES, replyBytes);
    stripe.getAndIncrement(FIRST_BUCKET + LatencyBuckets.of(latencyNanos));
    if (code != null) {
      failuresOf(code).increment();
    }
  }

  /** A stream that was sent or replied at this edge is being run. */
  public void streamOpened() {
    streams.opened();
  }

  /** An element of one has passed. */
  public void streamElement() {
    streams.element();
  }

  /**
   * One has ended.
   *
   * @param code how it failed, or null if it came to its end
   */
  public void streamEnded(@Nullable FailureCode code) {
    streams.ended(code == null ? "OK" : code.code());
  }

  /**
   * The calls that have begun and not ended. A sum over the stripes: for reading, not for limits.
   */
  public long inFlight() {
    // Ends are read before begins, so that a call is never seen ended and not begun.
    long ended = latency().count();
    return counts.sum(BEGUN) - ended;
  }

  /**
   * The figures up to now. Consistent in that failures ≤ ended ≤ begun, whatever happens meanwhile.
   */
  public EdgeSnapshot snapshot() {
    Map<FailureCode, Long> failed = failed();
    LatencyDistribution latency = latency();
    long begun = counts.sum(BEGUN);
    RecentFigures recent = window.roll(ticker.nowNanos(), total(failed), latency);
    return new EdgeSnapshot(
        id,
        begun,
        latency,
        counts.sum(NANOS),
        failed,
        counts.sum(REQUEST_BYTES),
        counts.sum(REPLY_BYTES),
        streams.figures(),
        recent);
  }

  /** Advances the window of recent figures; also done by {@link #snapshot}. */
  void tick() {
    long failed = total(failed());
    RecentFigures unused = window.roll(ticker.nowNanos(), failed, latency());
  }

  /**
   * These figures are forgotten. Whoever still holds this object, because the endpoint has come
   * back later than anybody waited for it, counts with the one that took its place.
   */
  void retire(Supplier<EdgeStats> toSuccessor) {
    successor = toSuccessor;
  }

  /** Whether nothing is in flight and nothing has ended within the window of recent figures. */
  boolean idle() {
    return inFlight() == 0 && streams.open() == 0 && snapshot().recent().latency().count() == 0;
  }

  private LatencyDistribution latency() {
    return LatencyDistribution.of(counts.sumsFrom(FIRST_BUCKET));
  }

  private Map<FailureCode, Long> failed() {
    Map<FailureCode, Long> sums = new EnumMap<>(FailureCode.class);
    failures.forEach((code, adder) -> sums.put(code, adder.sum()));
    return sums;
  }

  private LongAdder failuresOf(FailureCode code) {
    LongAdder known = failures.get(code);
    return known == null ? failures.computeIfAbsent(code, any -> new LongAdder()) : known;
  }

  private static long total(Map<FailureCode, Long> failed) {
    long total = 0;
    for (long count : failed.values()) {
      total += count;
    }
    return total;
  }
}
