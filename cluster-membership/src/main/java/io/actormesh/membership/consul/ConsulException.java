package io.actormesh.membership.consul;

import io.actormesh.membership.MembershipException;

/** Consul did not do what it was asked for. */
public final class ConsulException extends MembershipException {

  private static final long serialVersionUID = 1L;

  /** Why, as far as it matters what is done next. */
  public enum Kind {
    /** It does not answer, or cannot just now: what was known before still holds. */
    AWAY,
    /** The token lacks a permission: asking again does not help. */
    FORBIDDEN,
    /** The agent does not know the entry, for instance because it was started anew. */
    UNKNOWN,
    /** It does not take what was sent. */
    REFUSED
  }

  private final Kind kind;

  ConsulException(Kind kind, String problem, String fix) {
    super(problem, fix);
    this.kind = kind;
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }
}
