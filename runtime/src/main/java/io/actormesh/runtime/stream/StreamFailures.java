package io.actormesh.runtime.stream;

import io.actormesh.runtime.failure.Attempt;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.FailureDetail;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Started;
import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;
import java.util.List;

/** What the readers of streams are told when these fail. */
public final class StreamFailures {

  private StreamFailures() {}

  /** The code of a fault for who reads a reply. */
  public static FailureCode ofReply(StreamFault fault) {
    return switch (fault) {
      case LOST, SILENT -> FailureCode.ENDPOINT_LOST;
      case DRAINING -> FailureCode.DRAINING;
      case FAILED -> FailureCode.SERVICE_FAILED;
      case NOT_SERIALIZABLE -> FailureCode.REPLY_NOT_SERIALIZABLE;
      case NOT_READABLE -> FailureCode.REPLY_NOT_READABLE;
      case TOO_LARGE -> FailureCode.REPLY_TOO_LARGE;
      case CANCELLED -> FailureCode.CANCELLED;
      case UNREAD -> FailureCode.STREAM_UNREAD;
      case TOO_MANY -> FailureCode.TOO_MANY_STREAMS;
      case INTERNAL -> FailureCode.INTERNAL;
    };
  }

  /** The code of a fault for the service that reads an argument. */
  public static FailureCode ofArgument(StreamFault fault) {
    return switch (fault) {
      case LOST, SILENT -> FailureCode.CALLER_LOST;
      case FAILED -> FailureCode.ARGUMENT_FAILED;
      case NOT_SERIALIZABLE -> FailureCode.NOT_SERIALIZABLE;
      case NOT_READABLE -> FailureCode.NOT_READABLE;
      case TOO_LARGE -> FailureCode.TOO_LARGE;
      case DRAINING, CANCELLED, UNREAD, TOO_MANY, INTERNAL -> ofReply(fault);
    };
  }

  /** The failure with a code; the work had begun, for there was a stream. */
  public static MeshFailure of(
      FailureCode code,
      String service,
      String operation,
      StreamFailure failure,
      List<Attempt> attempts) {
    String detail = failure.detail();
    String message =
        detail.isEmpty() ? code.meaning() : detail.endsWith(".") ? detail : detail + ".";
    return MeshFailure.of(
        new FailureDetail(code, service, operation, message, attempts, Started.YES, null));
  }
}
