package io.actormesh.membership.formation;

import io.actormesh.membership.MembershipView;
import java.util.List;

/** Says why a node did not get in, as far as it can know. */
final class JoinDiagnosis {

  private JoinDiagnosis() {}

  static JoinFailed timedOut(
      FormationSettings settings,
      HostPort self,
      List<HostPort> tried,
      String lookupProblem,
      MembershipView view) {
    String problem =
        "Node "
            + self
            + " was not up within "
            + settings.joinTimeout().toMillis()
            + " ms (actormesh.discovery.join-timeout) by "
            + settings.method().describe()
            + ": ";
    if (view.selfMember().isPresent()) {
      return new JoinFailed(problem + admittedButNotUp(view), FIX_CONVERGENCE, tried);
    }
    if (tried.isEmpty()) {
      String why = lookupProblem.isEmpty() ? "it named none" : lookupProblem;
      return new JoinFailed(problem + "no contact points, " + why + ".", FIX_LOOKUP, tried);
    }
    if (settings.method() instanceof DiscoveredNodes nodes) {
      return tooFewOrSilent(problem, nodes, tried);
    }
    return new JoinFailed(problem + "no answer from " + tried + ".", fixNoAnswer(tried), tried);
  }

  private static JoinFailed tooFewOrSilent(
      String problem, DiscoveredNodes nodes, List<HostPort> found) {
    String fix =
        "It must name the admin port of every node, as that node's own MESH_HOST and"
            + " MESH_ADMIN_PORT say, and these must be open between the nodes.";
    int missing = nodes.requiredNodes() - found.size();
    if (missing > 0) {
      String fewer = " Start the others, or lower actormesh.discovery.required-nodes.";
      return new JoinFailed(
          problem + "found " + found + ", of " + nodes.requiredNodes() + " nodes required.",
          fix + fewer,
          found);
    }
    String form =
        nodes.formsNew() ? "" : " None knew of a cluster, and discovery.forms-new is off here.";
    return new JoinFailed(
        problem + "no cluster through the admin ports " + found + "." + form, fix, found);
  }

  static JoinFailed stopped(
      FormationSettings settings, List<HostPort> tried, String problem, String reason) {
    return new JoinFailed(
        "The node stopped while it joined by "
            + settings.method().describe()
            + "; reason of the shutdown: "
            + reason
            + (problem.isEmpty() ? "." : "; " + problem + "."),
        "See the log lines before this one; an incompatible configuration is reported there with"
            + " its keys.",
        tried);
  }

  private static final String FIX_CONVERGENCE =
      "Wait until the unreachable members are back or removed (the split brain resolver does that"
          + " after actormesh.cluster.split-brain.stable-after), then start the node again.";

  private static final String FIX_LOOKUP =
      "Check that the source of contact points is up and knows this mesh.";

  private static String admittedButNotUp(MembershipView view) {
    return "it was let in, but the members could not agree on it; unreachable are "
        + view.blockingConvergence()
        + ".";
  }

  private static String fixNoAnswer(List<HostPort> tried) {
    return "Start "
        + tried.get(0)
        + ", which forms the cluster as it is listed first, or correct the list. Each address must"
        + " be written exactly as that node's own MESH_HOST and MESH_PORT, the cluster's name must"
        + " be the same on all nodes, actormesh.cluster.tls on for all of them or for none, and the"
        + " port must be open between them.";
  }
}
