package io.actormesh.runtime.ingress;

import java.util.List;

/**
 * A route that a request's path fits.
 *
 * @param values the decoded values of the path's parameters, in order
 */
record RouteMatch(Route<?> route, List<String> values) {

  RouteMatch {
    values = List.copyOf(values);
  }
}
