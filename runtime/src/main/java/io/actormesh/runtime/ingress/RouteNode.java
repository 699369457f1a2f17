package io.actormesh.runtime.ingress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A segment of the routes' paths and what can follow it. Written while the table is made only. */
final class RouteNode {

  private final Map<String, RouteNode> literals = new HashMap<>();
  private @Nullable RouteNode parameter;
  private final List<Route<?>> routes = new ArrayList<>();

  void add(Route<?> route) {
    RouteNode node = this;
    for (RouteTemplate.Segment segment : route.template().segments()) {
      node = node.child(segment);
    }
    node.routes.add(route);
  }

  private RouteNode child(RouteTemplate.Segment segment) {
    if (!segment.parameter()) {
      return literals.computeIfAbsent(segment.text(), text -> new RouteNode());
    }
    RouteNode child = parameter == null ? new RouteNode() : parameter;
    parameter = child;
    return child;
  }

  /**
   * Adds all routes that the segments from {@code position} on fit, literal segments before
   * parameters. The templates bound the depth, not the request.
   */
  void match(List<String> segments, int position, List<String> values, List<RouteMatch> matches) {
    if (position == segments.size()) {
      routes.forEach(route -> matches.add(new RouteMatch(route, values)));
      return;
    }
    String segment = segments.get(position);
    RouteNode literal = literals.get(segment);
    if (literal != null) {
      literal.match(segments, position + 1, values, matches);
    }
    if (parameter != null && !segment.isEmpty()) {
      values.add(segment);
      parameter.match(segments, position + 1, values, matches);
      values.remove(values.size() - 1);
    }
  }
}
