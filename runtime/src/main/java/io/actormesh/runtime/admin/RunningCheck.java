package io.actormesh.runtime.admin;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs one check, and never twice at once, so that one that hangs costs one thread and no more. */
final class RunningCheck {

  private final String name;
  private final ReadinessCheck check;
  private final AtomicReference<@Nullable CompletableFuture<Optional<String>>> running =
      new AtomicReference<>();

  RunningCheck(String name, ReadinessCheck check) {
    this.name = name;
    this.check = check;
  }

  String name() {
    return name;
  }

  /** Why it fails; the answer of a run that is still going on, or of a new one. */
  CompletionStage<Optional<String>> run(Executor executor) {
    CompletableFuture<Optional<String>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<String>> other = running.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    executor.execute(
        () -> {
          Optional<String> failing = asked();
          running.set(null);
          mine.complete(failing);
        });
    return mine;
  }

  private Optional<String> asked() {
    try {
      return check.failing();
    } catch (RuntimeException | Error e) {
      return Optional.of("The check itself failed: " + e);
    }
  }
}
