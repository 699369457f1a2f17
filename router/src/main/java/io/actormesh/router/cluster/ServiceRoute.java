package io.actormesh.router.cluster;

import io.actormesh.router.EndpointSet;
import io.actormesh.router.balance.Balancer;
import io.actormesh.router.balance.Picker;

/**
 * The way to one service: its endpoints and the picker for them, in one published value. One
 * writer, any number of readers; a caller keeps the route and reads it per attempt.
 */
public final class ServiceRoute {

  private record Published(
      Balancer balancer, EndpointSet endpoints, Picker picker, boolean single) {}

  private final String service;
  private volatile Published published;

  ServiceRoute(String service, Balancer balancer) {
    this.service = service;
    this.published =
        new Published(balancer, EndpointSet.EMPTY, balancer.newPicker(EndpointSet.EMPTY), false);
  }

  public String service() {
    return service;
  }

  /** The picker for the latest endpoints. */
  public Picker picker() {
    return published.picker();
  }

  /** The latest endpoints, unusable ones included. */
  public EndpointSet endpoints() {
    return published.endpoints();
  }

  /**
   * Whether the mesh has at most one instance of the service, so that calls without an endpoint are
   * worth keeping: it is on its way to another node.
   */
  public boolean single() {
    return published.single();
  }

  void publish(EndpointSet endpoints, boolean single) {
    Balancer balancer = published.balancer();
    published = new Published(balancer, endpoints, balancer.newPicker(endpoints), single);
  }

  void balanceWith(Balancer balancer) {
    Published before = published;
    EndpointSet endpoints = before.endpoints();
    published = new Published(balancer, endpoints, balancer.newPicker(endpoints), before.single());
  }
}
