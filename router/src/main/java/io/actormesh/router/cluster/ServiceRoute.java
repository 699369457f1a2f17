package io.actormesh.router.cluster;

import io.actormesh.router.EndpointSet;
import io.actormesh.router.balance.Balancer;
import io.actormesh.router.balance.Picker;

/**
 * The way to one service: its endpoints and the picker for them, in one published value. One
 * writer, any number of readers; a caller keeps the route and reads it per attempt.
 */
public final class ServiceRoute {

  private record Published(Balancer balancer, EndpointSet endpoints, Picker picker) {}

  private final String service;
  private volatile Published published;

  ServiceRoute(String service, Balancer balancer) {
    this.service = service;
    this.published =
        new Published(balancer, EndpointSet.EMPTY, balancer.newPicker(EndpointSet.EMPTY));
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

  void publish(EndpointSet endpoints) {
    Balancer balancer = published.balancer();
    published = new Published(balancer, endpoints, balancer.newPicker(endpoints));
  }

  void balanceWith(Balancer balancer) {
    EndpointSet endpoints = published.endpoints();
    published = new Published(balancer, endpoints, balancer.newPicker(endpoints));
  }
}
