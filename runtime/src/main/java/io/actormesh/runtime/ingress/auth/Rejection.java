package io.actormesh.runtime.ingress.auth;

/** Why a request's credentials are not taken; {@link #label} counts it in the metrics. */
public enum Rejection {
  /** None were shown, and some are needed. */
  MISSING("missing", "The route needs credentials, and the request has none."),
  /** They cannot be read. */
  MALFORMED("malformed", "The credentials cannot be read."),
  /** More than one set was shown, so that it is not clear who calls. */
  AMBIGUOUS("ambiguous", "The request has more than one set of credentials."),
  /** No such API key. */
  UNKNOWN_KEY("unknown-key", "The API key is not known."),
  /** The token is longer than the settings allow. */
  TOO_LONG("too-long", "The token is too long."),
  /** Signed in a way that is not taken, or not at all. */
  ALGORITHM("algorithm", "The token is not signed with an algorithm that is taken here."),
  /** Signed with a key that the key set does not hold. */
  UNKNOWN_SIGNER("unknown-signer", "The token is signed with a key that is not known."),
  /** The signature does not fit. */
  SIGNATURE("signature", "The token's signature is wrong."),
  /** Its time is over. */
  EXPIRED("expired", "The token has expired."),
  /** Its time has not begun. */
  NOT_YET_VALID("not-yet-valid", "The token is not valid yet."),
  /** It lasts for ever. */
  NO_EXPIRY("no-expiry", "The token does not say when it expires."),
  /** Made by somebody else. */
  ISSUER("issuer", "The token is of another issuer."),
  /** Meant for somebody else. */
  AUDIENCE("audience", "The token is meant for another audience."),
  /** It does not say who the caller is. */
  IDENTITY("identity", "The token does not name its caller in a way that can be taken."),
  /** The issuer's keys have never been had, so nothing can be said about the token. */
  KEYS_UNAVAILABLE("keys-unavailable", "The keys of the token's issuer cannot be had now."),
  /** Known, but without the right. */
  FORBIDDEN("forbidden", "The caller may not call this route.");

  private final String label;
  private final String text;

  Rejection(String label, String text) {
    this.label = label;
    this.text = text;
  }

  /** The name in metrics. */
  public String label() {
    return label;
  }

  /** What the caller is told. */
  public String text() {
    return text;
  }
}
