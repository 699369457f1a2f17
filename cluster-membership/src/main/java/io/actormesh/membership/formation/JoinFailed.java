package io.actormesh.membership.formation;

import io.actormesh.membership.MembershipException;
import java.util.List;

/** The node did not become a member in time, or stopped while it tried. */
public final class JoinFailed extends MembershipException {

  private static final long serialVersionUID = 1L;

  private final transient List<HostPort> tried;

  JoinFailed(String problem, String fix, List<HostPort> tried) {
    super(problem, fix);
    this.tried = List.copyOf(tried);
  }

  /** The contact points that were tried last; empty if the method named none. */
  public List<HostPort> tried() {
    return tried;
  }
}
