package io.actormesh.runtime.openapi;

import io.actormesh.runtime.contract.Operation;
import java.util.List;

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
 */
public record ApiRoute(
    String method,
    String path,
    String service,
    Class<?> protocol,
    Operation<?> operation,
    List<String> pathParameters,
    List<String> queryParameters,
    boolean takesBody) {
  /** Copies the lists. */
  public ApiRoute {
    pathParameters = List.copyOf(pathParameters);
    queryParameters = queryParameters.stream().sorted().toList();
  }

  /** Whether the component comes from path or query. */
  boolean binds(String component) {
    return pathParameters.contains(component) || queryParameters.contains(component);
  }

  /** The path without its names: OpenAPI knows paths of one shape as one. */
  String shape() {
    return path.replaceAll("\\{[^}]*}", "{}");
  }
}
