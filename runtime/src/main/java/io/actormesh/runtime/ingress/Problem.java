package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.Attempt;
import io.actormesh.runtime.failure.DeadlineExceeded;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Phase;
import io.actormesh.runtime.failure.Started;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told about a request that failed.
 *
 * @param status the HTTP status; the code's own, except for what Pekko's parser refuses
 * @param detail what exactly happened, one sentence
 * @param service the service called, or empty
 * @param operation the operation called, or empty
 * @param attempts the tries made, in order
 * @param path which part of the request is wrong, as a JSON path
 * @param phase how far the call had come when its deadline passed
 * @param retryAfter when to come back
 * @param allow the value of the {@code Allow} header
 */
record Problem(
    FailureCode code,
    int status,
    String detail,
    String service,
    String operation,
    List<Attempt> attempts,
    Started started,
    @Nullable String path,
    @Nullable Phase phase,
    @Nullable Duration retryAfter,
    @Nullable String allow) {

  /** A problem of the front door itself: nothing was called. */
  static Problem of(FailureCode code, String detail) {
    return new Problem(
        code, code.httpStatus(), detail, "", "", List.of(), code.started(), null, null, null, null);
  }

  /** A call that failed. */
  static Problem of(MeshFailure failure) {
    Problem problem = of(failure.code(), failure.detail().message());
    return new Problem(
        problem.code,
        problem.status,
        problem.detail,
        failure.service(),
        failure.operation(),
        failure.attempts(),
        failure.started(),
        null,
        failure instanceof DeadlineExceeded late ? late.phase() : null,
        failure.detail().retryAfterOrNull(),
        null);
  }

  Problem status(int other) {
    return new Problem(
        code, other, detail, service, operation, attempts, started, path, phase, retryAfter, allow);
  }

  Problem target(String itsService, String itsOperation) {
    return new Problem(
        code,
        status,
        detail,
        itsService,
        itsOperation,
        attempts,
        started,
        path,
        phase,
        retryAfter,
        allow);
  }

  /** Names the route's target, unless the problem names one itself. */
  Problem target(Route<?> route) {
    return service.isEmpty() ? target(route.contract().name(), route.operation().name()) : this;
  }

  Problem path(String jsonPath) {
    return new Problem(
        code,
        status,
        detail,
        service,
        operation,
        attempts,
        started,
        jsonPath,
        phase,
        retryAfter,
        allow);
  }

  Problem retryAfter(Duration hint) {
    return new Problem(
        code, status, detail, service, operation, attempts, started, path, phase, hint, allow);
  }

  Problem allow(String methods) {
    return new Problem(
        code,
        status,
        detail,
        service,
        operation,
        attempts,
        started,
        path,
        phase,
        retryAfter,
        methods);
  }
}
