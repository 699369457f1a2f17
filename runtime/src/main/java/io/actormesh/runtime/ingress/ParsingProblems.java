package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/**
 * Answers requests that are no HTTP with a problem document too. Public, and made by name, because
 * Pekko's HTTP server makes one for each connection; of no use to anybody else.
 */
public final class ParsingProblems extends ParsingErrorHandler {

  private static final String NO_REQUEST_ID = "none";

  /** For Pekko alone. */
  public ParsingProblems() {}

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    String summary = error.summary().isEmpty() ? status.defaultMessage() : error.summary();
    String detail = summary.endsWith(".") ? summary : summary + ".";
    FailureCode code = code(status.intValue(), summary);
    int answered = code == FailureCode.BAD_REQUEST ? status.intValue() : code.httpStatus();
    Problem problem = Problem.of(code, "Not a valid HTTP request: " + detail).status(answered);
    return Responses.problem(problem, NO_REQUEST_ID);
  }

  /** Pekko has no status of its own for too many headers; its words tell. */
  private static FailureCode code(int status, String summary) {
    if (status == 431 || (summary.contains("configured limit") && summary.contains("headers"))) {
      return FailureCode.HEADERS_TOO_LARGE;
    }
    return status == 414 ? FailureCode.URI_TOO_LONG : FailureCode.BAD_REQUEST;
  }
}
