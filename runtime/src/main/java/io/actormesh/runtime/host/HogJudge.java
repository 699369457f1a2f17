package io.actormesh.runtime.host;

import org.jspecify.annotations.Nullable;

/**
 * Judges, look by look, whether what runs on an event loop keeps it: by waiting, or by computing.
 * That a run takes long is no evidence alone: on a busy machine its thread may simply not have been
 * given a processor, and while the collector stops the world nothing runs at all. So what counts is
 * time seen waiting, and processor time used. For one loop; not thread-safe.
 */
final class HogJudge {

  /** What a look has found. */
  enum Verdict {
    FINE,
    /** The run has kept the loop longer than it should; said once a run. */
    SLOW,
    /** It has kept it so long that it may well never end; said once a run. */
    STUCK
  }

  private static final int STUCK_FACTOR = 10;

  /** A thread in a system call that blocks looks as if it ran, but uses no processor. */
  private static final int SILENT_FACTOR = 20;

  private final long limitNanos;
  private @Nullable Object seen;
  private long seenNanos;
  private long waitedNanos;
  private long cpuAtFirst;
  private Verdict said = Verdict.FINE;

  HogJudge(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /**
   * Takes one look.
   *
   * @param run what runs on the loop now, compared by identity; null if nothing
   * @param waiting whether its thread waits for something
   * @param cpuNanos processor time its thread has used in all; negative if not known
   * @param sinceLastLook time that may be counted since the look before
   */
  @SuppressWarnings("ReferenceEquality") // it is this very run, or another
  Verdict look(@Nullable Object run, boolean waiting, long cpuNanos, long sinceLastLook) {
    if (run == null || run != seen) {
      begin(run, cpuNanos);
      return Verdict.FINE;
    }
    seenNanos += sinceLastLook;
    waitedNanos += waiting ? sinceLastLook : 0;
    Verdict now = judge(Math.max(waitedNanos, cpuNanos - cpuAtFirst));
    if (now.compareTo(said) <= 0) {
      return Verdict.FINE;
    }
    said = now;
    return now;
  }

  private void begin(@Nullable Object run, long cpuNanos) {
    seen = run;
    seenNanos = 0;
    waitedNanos = 0;
    cpuAtFirst = cpuNanos;
    said = Verdict.FINE;
  }

  private Verdict judge(long keptNanos) {
    if (keptNanos >= STUCK_FACTOR * limitNanos || seenNanos >= SILENT_FACTOR * limitNanos) {
      return Verdict.STUCK;
    }
    return keptNanos >= limitNanos ? Verdict.SLOW : Verdict.FINE;
  }

  /** For how long the present run has been seen. */
  long seenNanos() {
    return seenNanos;
  }
}
