package io.actormesh.runtime.link;

import java.time.Duration;

/**
 * How long a link waits for what. All durations are positive and at most a day.
 *
 * @param connectTimeout how long a dial and its handshake may take, and how long calls wait for
 *     them; default 2 s
 * @param pingInterval how long a connection may carry nothing before it is asked for a sign of
 *     life; default 250 ms
 * @param silentAfter after this long without a byte from the peer the link takes no new calls;
 *     longer than {@code pingInterval}; default 1 s
 * @param deadAfter after this long without a byte its calls in flight fail and it is dialled anew;
 *     at least {@code silentAfter}; default 1 s
 * @param callerDeadAfter after this long without a byte from a caller the serving node closes the
 *     connection, and what it has queued for it is recalled; default 10 s
 * @param backoff the first wait before a dial is repeated, doubled with each failure; the actual
 *     wait is uniform between zero and it; default 50 ms
 * @param maxBackoff the longest such wait; default 1 s
 */
public record LinkTimes(
    Duration connectTimeout,
    Duration pingInterval,
    Duration silentAfter,
    Duration deadAfter,
    Duration callerDeadAfter,
    Duration backoff,
    Duration maxBackoff) {

  private static final Duration DAY = Duration.ofDays(1);

  /** The defaults. */
  public static final LinkTimes DEFAULT =
      new LinkTimes(
          Duration.ofSeconds(2),
          Duration.ofMillis(250),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMillis(50),
          Duration.ofSeconds(1));

  public LinkTimes {
    check("connectTimeout", connectTimeout, Duration.ofMillis(1));
    check("pingInterval", pingInterval, Duration.ofMillis(1));
    check("silentAfter", silentAfter, pingInterval.plusMillis(1));
    check("deadAfter", deadAfter, silentAfter);
    check("callerDeadAfter", callerDeadAfter, pingInterval.multipliedBy(2));
    check("backoff", backoff, Duration.ofMillis(1));
    check("maxBackoff", maxBackoff, backoff);
  }

  /** The same with other limits of silence. */
  public LinkTimes withSilence(Duration silent, Duration dead) {
    return new LinkTimes(
        connectTimeout, pingInterval, silent, dead, callerDeadAfter, backoff, maxBackoff);
  }

  /** The same with another time-out for dial and handshake. */
  public LinkTimes withConnectTimeout(Duration timeout) {
    return new LinkTimes(
        timeout, pingInterval, silentAfter, deadAfter, callerDeadAfter, backoff, maxBackoff);
  }

  private static void check(String name, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(DAY) > 0) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + " to " + DAY + ")");
    }
  }
}
