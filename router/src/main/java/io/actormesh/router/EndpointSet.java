package io.actormesh.router;

import java.util.List;

/**
 * All endpoints of one service that this node knows, in a stable order.
 *
 * @param version the version of the registry snapshot they come from
 * @param endpoints ready, serving and unusable ones alike
 */
public record EndpointSet(long version, List<Endpoint> endpoints) {

  /** No endpoints. */
  public static final EndpointSet EMPTY = new EndpointSet(0, List.of());

  public EndpointSet {
    endpoints = List.copyOf(endpoints);
  }
}
