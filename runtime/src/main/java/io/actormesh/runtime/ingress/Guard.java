package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.ingress.auth.AccessRules;
import io.actormesh.runtime.ingress.auth.Authenticator;
import io.actormesh.runtime.ingress.auth.Caller;
import io.actormesh.runtime.ingress.auth.Presented;
import io.actormesh.runtime.ingress.auth.Rejection;
import io.actormesh.runtime.ingress.auth.RouteAccess;
import io.actormesh.runtime.ingress.auth.Verdict;
import java.util.IdentityHashMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass or refuses them, by who sends them; the only place that reads credentials.
 * Absent when neither callers nor routes are to be checked. Thread-safe.
 */
final class Guard {

  private final Authenticator authenticator;
  private final IngressObserver observer;
  private final IdentityHashMap<Route<?>, RouteAccess> access = new IdentityHashMap<>();

  Guard(
      Authenticator authenticator, AccessRules rules, RouteTable routes, IngressObserver observer) {
    this.authenticator = authenticator;
    this.observer = observer;
    routes.all().forEach(route -> access.put(route, rules.of(route.guarded())));
  }

  /**
   * Lets a request pass, with its caller's identity in the exchange.
   *
   * @return null if it may go on at once; else completes when it may, or with an {@link
   *     InvalidRequestException}
   * @throws InvalidRequestException if it may not
   */
  @Nullable CompletionStage<?> pass(Exchange exchange, Route<?> route) {
    Verdict verdict = authenticator.check(presented(exchange.request));
    if (verdict instanceof Verdict.Pending pending) {
      return pending
          .later()
          .thenApply(
              later -> {
                settle(exchange, route, later);
                return later;
              });
    }
    settle(exchange, route, verdict);
    return null;
  }

  private void settle(Exchange exchange, Route<?> route, Verdict verdict) {
    if (verdict instanceof Verdict.Known known) {
      admit(exchange, route, known.caller());
    } else if (verdict instanceof Verdict.Rejected rejected) {
      throw refused(exchange, rejected.why());
    } else {
      throw new IllegalStateException("a verdict that is still pending");
    }
  }

  private void admit(Exchange exchange, Route<?> route, Caller caller) {
    if (caller.authenticated()) {
      exchange.identity = caller.identity();
    }
    RouteAccess rules = access.get(route);
    if (rules == null || !rules.allows(caller)) {
      boolean couldAuthenticate = !authenticator.challenges().isEmpty();
      boolean missing = !caller.authenticated() && couldAuthenticate;
      throw refused(exchange, missing ? Rejection.MISSING : Rejection.FORBIDDEN);
    }
  }

  private InvalidRequestException refused(Exchange exchange, Rejection why) {
    observer.rejected(why.label());
    FailureCode code = code(why);
    if (code.httpStatus() == 401) {
      challenge(exchange, why);
    }
    return new InvalidRequestException(Problem.of(code, why.text()));
  }

  private void challenge(Exchange exchange, Rejection why) {
    boolean wrongToken = why != Rejection.MISSING && why != Rejection.UNKNOWN_KEY;
    for (String challenge : authenticator.challenges()) {
      boolean bearer = challenge.startsWith("Bearer");
      String detail =
          bearer && wrongToken
              ? ", error=\"invalid_token\", error_description=\"" + why.text() + "\""
              : "";
      exchange.answerWith(RawHeader.create("WWW-Authenticate", challenge + detail));
    }
  }

  private static FailureCode code(Rejection why) {
    return switch (why) {
      case MISSING -> FailureCode.UNAUTHENTICATED;
      case EXPIRED -> FailureCode.EXPIRED_CREDENTIALS;
      case KEYS_UNAVAILABLE -> FailureCode.KEYS_UNAVAILABLE;
      case FORBIDDEN -> FailureCode.FORBIDDEN;
      default -> FailureCode.BAD_CREDENTIALS;
    };
  }

  private Presented presented(HttpRequest request) {
    String apiKey = null;
    String authorization = null;
    boolean repeated = false;
    for (HttpHeader header : request.getHeaders()) {
      if (header.lowercaseName().equals("authorization")) {
        repeated |= authorization != null;
        authorization = header.value();
      } else if (header.lowercaseName().equalsIgnoreCase(authenticator.apiKeyHeader())) {
        repeated |= apiKey != null;
        apiKey = header.value();
      }
    }
    return new Presented(apiKey, authorization, repeated);
  }
}
