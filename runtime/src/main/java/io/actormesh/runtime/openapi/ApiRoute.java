package io.actormesh.runtime.openapi;

import io.actormesh.runtime.contract.Operation;
import java.util.List;
import java.util.Optional;

/**
 * A route, as the document sees it.
 *
 * @param method such as {@code GET}
 * @param path its template, {@code /orders/{id}}, without query
 * @param service the service's name
 * @param protocol the service's protocol
 * @param operation what it calls
 * @param pathParameters the names in the path, in order; each is a component of the message
 * @param queryParameters the components that come from the query, in any order
 * @param takesBody whether the other components come from a body
 * @param lastEventId the component that the header {@code Last-Event-ID} sets, whatever path, query
 *     or body say; empty if none does
 */
public record ApiRoute(
    String method,
    String path,
    String service,
    Class<?> protocol,
    Operation<?> operation,
    List<String> pathParameters,
    List<String> queryParameters,
    boolean takesBody,
    Optional<String> lastEventId) {
  /** Copies the lists. */
  public ApiRoute {
    pathParameters = List.copyOf(pathParameters);
    queryParameters = queryParameters.stream().sorted().toList();
  }

  /** Whether the component comes from path or query. */
  boolean binds(String component) {
    return pathParameters.contains(component) || queryParameters.contains(component);
  }

  /** Whether its reply, its argument or both are streams. */
  boolean streams() {
    return operation.streamsReply() || operation.streamsArgument();
  }

  /** The path without its names: OpenAPI knows paths of one shape as one. */
  String shape() {
    return path.replaceAll("\\{[^}]*}", "{}");
  }
}
