package io.actormesh.runtime.ingress.auth;

import java.util.Set;

/**
 * Who stands behind a request.
 *
 * @param identity who it is; empty if nobody showed credentials
 * @param roles that the key's configuration or the token gives
 * @param scopes of the token
 */
public record Caller(String identity, Set<String> roles, Set<String> scopes) {

  /** Somebody who showed no credentials. */
  public static final Caller ANONYMOUS = new Caller("", Set.of(), Set.of());

  public Caller {
    roles = Set.copyOf(roles);
    scopes = Set.copyOf(scopes);
  }

  /** Whether it is known who it is. */
  public boolean authenticated() {
    return !identity.isEmpty();
  }
}
