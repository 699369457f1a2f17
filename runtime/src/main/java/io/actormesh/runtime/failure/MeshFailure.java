package io.actormesh.runtime.failure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a call failed. The subclasses are the kinds a caller may want to tell apart; {@link #code()}
 * tells more. Carries no stack trace: where the call was made says nothing about why it failed, and
 * under overload failures must be cheap.
 */
public abstract sealed class MeshFailure extends RuntimeException
    permits NoRoute,
        Overloaded,
        Rejected,
        ServiceFailed,
        EndpointLost,
        DeadlineExceeded,
        CallCancelled,
        NotSerializable,
        TooLarge,
        Draining,
        InvalidRequest,
        InternalFailure {

  private static final long serialVersionUID = 1L;

  private final transient FailureDetail detail;

  MeshFailure(FailureDetail detail) {
    super(describe(detail), null, false, false);
    this.detail = detail;
  }

  /** Everything known about the failure. */
  public final FailureDetail detail() {
    return detail;
  }

  /** The stable code, with its meaning and fix. */
  public final FailureCode code() {
    return detail.code();
  }

  /** The service called, or empty. */
  public final String service() {
    return detail.service();
  }

  /** The operation called, or empty. */
  public final String operation() {
    return detail.operation();
  }

  /** The tries made, in order; empty if the call never left this node. */
  public final List<Attempt> attempts() {
    return detail.attempts();
  }

  /** Whether the work was begun. {@code NO} means that repeating the call is safe. */
  public final Started started() {
    return detail.started();
  }

  /** The server's hint when to come back. */
  public final Optional<Duration> retryAfter() {
    return detail.retryAfter();
  }

  /** The failure of the kind that fits the detail's code. */
  public static MeshFailure of(FailureDetail detail) {
    return switch (detail.code()) {
      case NO_ROUTE, UNKNOWN_SERVICE, UNKNOWN_OPERATION, INCOMPATIBLE, MOVING ->
          new NoRoute(detail);
      case CALLER_LIMIT,
          QUEUE_FULL,
          NO_CREDIT,
          INGRESS_LIMIT,
          STREAM_LIMIT,
          TOO_MANY_STREAMS,
          MOVING_LIMIT ->
          new Overloaded(detail);
      case REJECTED -> new Rejected(detail);
      case SERVICE_FAILED, SERVICE_STOPPED, UNHANDLED -> new ServiceFailed(detail);
      case ENDPOINT_LOST, CALLER_LOST -> new EndpointLost(detail);
      case DEADLINE -> new DeadlineExceeded(detail, Phase.SENT);
      case CANCELLED, STREAM_UNREAD -> new CallCancelled(detail);
      case NOT_SERIALIZABLE, NOT_READABLE, REPLY_NOT_SERIALIZABLE, REPLY_NOT_READABLE ->
          new NotSerializable(detail);
      case TOO_LARGE, REPLY_TOO_LARGE -> new TooLarge(detail);
      case DRAINING -> new Draining(detail);
      case ARGUMENT_FAILED,
          NOT_ACCEPTABLE,
          BAD_REQUEST,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          BODY_TOO_LARGE,
          BODY_TIMEOUT,
          MEDIA_TYPE,
          UNAUTHENTICATED,
          BAD_CREDENTIALS,
          EXPIRED_CREDENTIALS,
          FORBIDDEN,
          KEYS_UNAVAILABLE,
          HEADERS_TOO_LARGE,
          URI_TOO_LONG ->
          new InvalidRequest(detail);
      case INTERNAL -> new InternalFailure(detail);
    };
  }

  private static String describe(FailureDetail detail) {
    StringBuilder text = new StringBuilder(160).append(detail.code().code()).append(": ");
    if (!detail.service().isEmpty()) {
      text.append(detail.service());
      if (!detail.operation().isEmpty()) {
        text.append('/').append(detail.operation());
      }
      text.append(": ");
    }
    text.append(detail.message());
    if (!detail.attempts().isEmpty()) {
      text.append(" Tried");
      String separator = " ";
      for (Attempt attempt : detail.attempts()) {
        text.append(separator)
            .append(attempt.endpoint())
            .append(" (")
            .append(attempt.code().code())
            .append(" after ")
            .append(attempt.elapsed().toMillis())
            .append(" ms)");
        separator = ", ";
      }
      text.append('.');
    }
    return text.append(' ').append(detail.code().fix()).toString();
  }
}
