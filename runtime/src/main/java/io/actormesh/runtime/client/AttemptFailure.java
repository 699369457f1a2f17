package io.actormesh.runtime.client;

import io.actormesh.router.resilience.Failover.Evidence;
import io.actormesh.runtime.failure.DeadlineExceeded;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.FailureDetail;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Phase;
import io.actormesh.runtime.failure.Started;
import io.actormesh.runtime.link.LinkFailure;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed, in the caller's terms.
 *
 * @param evidence what it says about trying elsewhere
 * @param phase how far the call had come, for a deadline
 * @param retryAfter the server's hint
 */
record AttemptFailure(
    FailureCode code,
    Started started,
    Evidence evidence,
    String message,
    Phase phase,
    @Nullable Duration retryAfter) {

  /** The serving node has spoken. */
  static AttemptFailure of(Refusal refusal) {
    RefusalReason reason = refusal.reason();
    return new AttemptFailure(
        reason.code(),
        reason.started(),
        reason.elsewhere() ? Evidence.NOT_STARTED : Evidence.FINAL,
        refusal.detail(),
        reason == RefusalReason.EXPIRED ? Phase.QUEUED : Phase.RUNNING,
        refusal.retryAfterMillis() == 0 ? null : Duration.ofMillis(refusal.retryAfterMillis()));
  }

  /** The link has given up. */
  static AttemptFailure of(LinkFailure failure, boolean mayHaveRun, String detail) {
    Started started = mayHaveRun ? Started.MAYBE : Started.NO;
    if (failure == LinkFailure.DEADLINE) {
      Phase phase = mayHaveRun ? Phase.SENT : Phase.UNSENT;
      return new AttemptFailure(FailureCode.DEADLINE, started, Evidence.FINAL, detail, phase, null);
    }
    return new AttemptFailure(
        failure == LinkFailure.NO_CREDIT ? FailureCode.NO_CREDIT : FailureCode.ENDPOINT_LOST,
        started,
        mayHaveRun ? Evidence.MAY_HAVE_RUN : Evidence.NOT_STARTED,
        detail,
        Phase.SENT,
        null);
  }

  /** The endpoint was never asked, or answered in a way that another one would, too. */
  static AttemptFailure of(FailureCode code, String message) {
    return new AttemptFailure(code, code.started(), Evidence.FINAL, message, Phase.SENT, null);
  }

  /** The failure that ends the call. */
  MeshFailure toFailure(Call<?> call) {
    FailureDetail detail = call.detail(code, started, message, retryAfter);
    if (code != FailureCode.DEADLINE) {
      return MeshFailure.of(detail);
    }
    return new DeadlineExceeded(detail, phase);
  }
}
