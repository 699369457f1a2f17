package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;

/** Finds the route of a request. Immutable. */
final class RouteTable {

  /** What the server as a whole takes: the methods that some route may have. */
  static final String ALL = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  /** Literal paths as requests spell them: most requests need one look-up and no splitting. */
  private final Map<String, Map<RouteMethod, RouteMatch>> literal = new HashMap<>();

  private final RouteNode root = new RouteNode();
  private final Map<String, ExposedService<?>> services = new HashMap<>();

  /**
   * The routes of all exposed services.
   *
   * @throws RouteException if routes of two services cannot be told apart
   */
  RouteTable(Collection<? extends ExposedService<?>> exposed) {
    RouteFindings findings = new RouteFindings();
    RouteConflicts conflicts = new RouteConflicts(findings);
    for (ExposedService<?> service : exposed) {
      services.put(service.contract().name(), service);
      conflicts.check(service.routes());
      service.routes().forEach(this::add);
    }
    findings.throwIfAny("the services");
  }

  private void add(Route<?> route) {
    root.add(route);
    if (route.parameters().isEmpty()) {
      literal
          .computeIfAbsent(route.template().shape(), path -> new EnumMap<>(RouteMethod.class))
          .put(route.method(), new RouteMatch(route, List.of()));
    }
  }

  /**
   * The route of a request and the values of its path parameters.
   *
   * @param path as Pekko renders it: decoded and encoded again, so that each path has one spelling
   * @throws InvalidRequestException saying why there is none
   */
  RouteMatch find(HttpMethod method, String path) {
    Optional<RouteMethod> served = RouteMethod.serving(method);
    Map<RouteMethod, RouteMatch> here = literal.get(path);
    if (here != null && served.isPresent()) {
      RouteMatch match = here.get(served.get());
      if (match != null) {
        return match;
      }
    }
    return search(method, served, path);
  }

  /**
   * The route of a WebSocket's handshake: that of a GET, or else of another method if its operation
   * streams. Browsers can open WebSockets with GET only, and their messages take a body's place.
   *
   * @throws InvalidRequestException saying why there is none
   */
  RouteMatch findForWebSocket(String path) {
    RouteMatch other = null;
    for (RouteMatch match : matches(path)) {
      if (match.route().method() == RouteMethod.GET) {
        return match;
      }
      if (other == null && match.route().streams()) {
        other = match;
      }
    }
    return other == null ? find(HttpMethods.GET, path) : other;
  }

  private RouteMatch search(HttpMethod method, Optional<RouteMethod> served, String path) {
    List<RouteMatch> matches = matches(path);
    if (matches.isEmpty()) {
      throw new InvalidRequestException(notFound(method, path));
    }
    for (RouteMatch match : matches) {
      if (served.isPresent() && match.route().method() == served.get()) {
        return match;
      }
    }
    String allow = allow(matches);
    throw new InvalidRequestException(
        Problem.of(
                FailureCode.METHOD_NOT_ALLOWED,
                method.name() + " " + path + ": the path takes " + allow + ".")
            .allow(allow));
  }

  /** All exposed services. */
  Collection<ExposedService<?>> services() {
    return services.values();
  }

  /** All routes. */
  List<Route<?>> all() {
    List<Route<?>> all = new ArrayList<>();
    services.values().forEach(service -> all.addAll(service.routes()));
    return all;
  }

  /** The value of the {@code Allow} header for a path; empty if no route has it. */
  Optional<String> allow(String path) {
    List<RouteMatch> matches = matches(path);
    return matches.isEmpty() ? Optional.empty() : Optional.of(allow(matches));
  }

  private List<RouteMatch> matches(String path) {
    List<RouteMatch> matches = new ArrayList<>();
    root.match(PathText.segments(path), 0, new ArrayList<>(), matches);
    return matches;
  }

  private static String allow(List<RouteMatch> matches) {
    Set<RouteMethod> methods = EnumSet.noneOf(RouteMethod.class);
    matches.forEach(match -> methods.add(match.route().method()));
    List<String> names = new ArrayList<>();
    for (RouteMethod method : methods) {
      names.add(method.name());
      if (method == RouteMethod.GET) {
        names.add(HttpMethods.HEAD.name());
      }
    }
    names.add(HttpMethods.OPTIONS.name());
    return String.join(", ", names);
  }

  Problem notFound(HttpMethod method, String path) {
    List<String> segments = PathText.segments(path);
    ExposedService<?> service = segments.size() == 2 ? services.get(segments.get(0)) : null;
    if (service == null) {
      return Problem.of(
          FailureCode.NOT_FOUND, "No route matches " + method.name() + " " + path + ".");
    }
    List<String> operations = service.contract().operations().stream().map(o -> o.name()).toList();
    return Problem.of(
            FailureCode.UNKNOWN_OPERATION,
            "The operations are " + String.join(", ", operations) + ".")
        .target(service.contract().name(), segments.get(1));
  }
}
