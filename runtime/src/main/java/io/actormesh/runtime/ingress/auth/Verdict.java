package io.actormesh.runtime.ingress.auth;

import java.util.concurrent.CompletionStage;

/** What has been found out about a request's credentials. */
public sealed interface Verdict {

  /** Who it is. */
  record Known(Caller caller) implements Verdict {}

  /** The credentials are not taken. */
  record Rejected(Rejection why) implements Verdict {}

  /** It takes a look at the issuer's newest keys; the stage never fails. */
  record Pending(CompletionStage<Verdict> later) implements Verdict {}

  /** Nobody showed credentials. */
  Verdict ANONYMOUS = new Known(Caller.ANONYMOUS);

  /** The credentials are not taken. */
  static Verdict rejected(Rejection why) {
    return new Rejected(why);
  }
}
