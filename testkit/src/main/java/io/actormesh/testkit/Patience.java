package io.actormesh.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for what is going to be true, and says what was seen instead if it never is. */
final class Patience {

  private static final Duration POLL = Duration.ofMillis(20);

  private final Duration limit;

  Patience(Duration limit) {
    this.limit = limit;
  }

  /**
   * Asks again and again until nothing is missing.
   *
   * @param what is waited for, the end of a sentence
   * @param missing what is still wrong, or nothing
   * @throws AssertionError with what was wrong last, if it still is after the limit
   */
  void await(String what, Supplier<Optional<String>> missing) {
    long end = System.nanoTime() + limit.toNanos();
    Optional<String> last = missing.get();
    while (last.isPresent()) {
      if (System.nanoTime() >= end) {
        throw new AssertionError(
            "Waited " + limit.toMillis() + " ms for " + what + ", but " + last.get());
      }
      pause();
      last = missing.get();
    }
  }

  /**
   * Waits for the stage.
   *
   * @throws RuntimeException what it fails with, if that is one
   */
  void await(String what, CompletableFuture<?> stage) {
    try {
      stage.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError("Waited for " + what + ", but it failed", failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("Waited " + limit.toMillis() + " ms for " + what, late);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("Interrupted while waiting", e);
  }
}
