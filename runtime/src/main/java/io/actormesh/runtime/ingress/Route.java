package io.actormesh.runtime.ingress;

import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.ingress.auth.GuardedRoute;
import java.util.List;
import java.util.Set;

/**
 * One kind of request and the message it becomes. Equal by identity.
 *
 * @param <C> the service's protocol
 */
final class Route<C> {

  private final RouteMethod method;
  private final RouteTemplate template;
  private final ServiceContract<C> contract;
  private final Operation<C> operation;
  private final List<String> parameters;
  private final Set<String> query;
  private final String label;

  /**
   * A checked route.
   *
   * @param query the names of the query parameters it takes
   */
  Route(
      RouteMethod method,
      RouteTemplate template,
      ServiceContract<C> contract,
      Operation<C> operation,
      List<String> query) {
    this.method = method;
    this.template = template;
    this.contract = contract;
    this.operation = operation;
    this.parameters = template.parameters();
    this.query = Set.copyOf(query);
    this.label = method + " " + template.text();
  }

  RouteMethod method() {
    return method;
  }

  RouteTemplate template() {
    return template;
  }

  ServiceContract<C> contract() {
    return contract;
  }

  Operation<C> operation() {
    return operation;
  }

  /** The names of the path's parameters, in order. */
  List<String> parameters() {
    return parameters;
  }

  Set<String> query() {
    return query;
  }

  /** Whether its reply, its argument or both are streams. */
  boolean streams() {
    return operation.streamsReply() || operation.streamsArgument();
  }

  /** Method and template, {@code GET /orders/{id}}: the name in metrics and messages. */
  String label() {
    return label;
  }

  /** What access rules know of it. */
  GuardedRoute guarded() {
    return new GuardedRoute(method.name(), template.text(), contract.name(), operation.name());
  }

  @Override
  public String toString() {
    return label;
  }
}
