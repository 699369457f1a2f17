package io.actormesh.router.balance;

import io.actormesh.router.EndpointSet;

/** A way of balancing: makes the picker for a set of endpoints. A new set gets a new picker. */
@FunctionalInterface
public interface Balancer {
  Picker newPicker(EndpointSet endpoints);
}
