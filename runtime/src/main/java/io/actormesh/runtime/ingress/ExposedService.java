package io.actormesh.runtime.ingress;

import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service that the front door serves: every operation at {@code POST /{service}/{operation}}, and
 * the routes declared for it. Immutable.
 *
 * @param <C> the service's protocol
 */
public final class ExposedService<C> {

  private final ServiceContract<C> contract;
  private final List<Route<C>> routes;
  private final Map<Operation<C>, SseEvents> events;

  private ExposedService(
      ServiceContract<C> contract, List<Route<C>> routes, Map<Operation<C>, SseEvents> events) {
    this.contract = contract;
    this.routes = routes;
    this.events = events;
  }

  /** Exposes the routes by convention alone. */
  public static <C> ExposedService<C> of(ServiceContract<C> contract) {
    return of(contract, IngressRoutes.byConvention());
  }

  /**
   * Exposes the routes by convention and those declared.
   *
   * @throws RouteException with everything that is wrong with the routes
   */
  public static <C> ExposedService<C> of(ServiceContract<C> contract, IngressRoutes<C> declared) {
    RouteFindings findings = new RouteFindings();
    List<Route<C>> routes = new ArrayList<>();
    for (Operation<C> operation : contract.operations()) {
      routes.add(conventional(contract, operation));
    }
    RouteBuilder<C> builder = new RouteBuilder<>(contract, findings);
    declared.declare(builder);
    routes.addAll(builder.routes());
    String subject = "service '" + contract.name() + "'";
    new RouteConflicts(findings).check(routes);
    findings.throwIfAny(subject);
    return new ExposedService<>(contract, List.copyOf(routes), builder.events());
  }

  /** The contract exposed. */
  public ServiceContract<C> contract() {
    return contract;
  }

  /** Its routes as {@code METHOD /template}, those by convention first. */
  public List<String> describe() {
    return routes.stream().map(Route::label).toList();
  }

  List<Route<C>> routes() {
    return routes;
  }

  /** How the streams of its routes look. */
  Map<Route<?>, RouteStream> streams() {
    Map<Route<?>, RouteStream> streams = new HashMap<>();
    for (Route<C> route : routes) {
      if (route.streams()) {
        SseEvents said = events.get(route.operation());
        streams.put(route, RouteStream.of(route, Optional.ofNullable(said)));
      }
    }
    return streams;
  }

  private static <C> Route<C> conventional(ServiceContract<C> contract, Operation<C> operation) {
    RouteTemplate template =
        new RouteTemplate(
            "/" + contract.name() + "/" + operation.name(),
            List.of(
                new RouteTemplate.Segment(contract.name(), false),
                new RouteTemplate.Segment(operation.name(), false)),
            List.of());
    // The body of an operation that takes a stream is the stream: the query has the rest.
    List<String> query = RouteBinding.query(RouteMethod.POST, template, operation);
    return new Route<>(RouteMethod.POST, template, contract, operation, query);
  }
}
