package io.actormesh.runtime.admin;

import java.util.List;

/**
 * A service and its endpoints.
 *
 * @param name its name
 * @param endpoints all of them, also those that take no calls
 */
public record ServiceView(String name, List<EndpointView> endpoints) {

  public ServiceView {
    endpoints = List.copyOf(endpoints);
  }
}
