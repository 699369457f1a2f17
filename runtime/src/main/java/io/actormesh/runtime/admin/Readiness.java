package io.actormesh.runtime.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.Scheduler;
import scala.concurrent.ExecutionContextExecutor;

/** Asks all checks at once and waits a second for their answers. */
final class Readiness {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final HealthChecks checks;
  private final Scheduler scheduler;
  private final ExecutionContextExecutor executor;

  /** Why a node is not ready. */
  record Reason(String check, String reason) {}

  Readiness(HealthChecks checks, Scheduler scheduler, ExecutionContextExecutor executor) {
    this.checks = checks;
    this.scheduler = scheduler;
    this.executor = executor;
  }

  /** The reasons why this node is not ready; none if it is. */
  CompletionStage<List<Reason>> reasons() {
    CompletionStage<List<Reason>> reasons = CompletableFuture.completedStage(List.of());
    for (RunningCheck check : checks.all()) {
      reasons = reasons.thenCombine(answer(check), Readiness::with);
    }
    return reasons;
  }

  /** What needs attention although this node may well be ready. */
  List<HealthWarning> warnings() {
    return checks.warnings();
  }

  private CompletionStage<List<Reason>> answer(RunningCheck check) {
    CompletableFuture<List<Reason>> answer = new CompletableFuture<>();
    String late = "The check has not answered within " + PATIENCE.toSeconds() + " s.";
    Cancellable timer =
        scheduler.scheduleOnce(
            PATIENCE, () -> answer.complete(reason(check, Optional.of(late))), executor);
    CompletionStage<Void> unused =
        check
            .run(executor)
            .thenAccept(
                failing -> {
                  timer.cancel();
                  answer.complete(reason(check, failing));
                });
    return answer;
  }

  private static List<Reason> reason(RunningCheck check, Optional<String> failing) {
    return failing.map(why -> new Reason(check.name(), why)).stream().toList();
  }

  private static List<Reason> with(List<Reason> some, List<Reason> more) {
    List<Reason> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
