package io.actormesh.runtime.ingress;

import io.actormesh.runtime.contract.ContractException.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with the routes of one exposure; confined to the declaring thread. */
final class RouteFindings {

  private final List<Finding> found = new ArrayList<>();
  private String where = "";

  /** Names the route that the next findings are about. */
  void about(String route) {
    where = route;
  }

  void add(String problem, String fix) {
    found.add(new Finding(where, problem, fix));
  }

  void duplicates(List<String> parameters) {
    Set<String> seen = new HashSet<>();
    for (String parameter : parameters) {
      if (!seen.add(parameter)) {
        add("parameter '" + parameter + "' occurs twice", "name each parameter once");
      }
    }
  }

  int count() {
    return found.size();
  }

  void throwIfAny(String subject) {
    if (!found.isEmpty()) {
      throw new RouteException(subject, found);
    }
  }
}
