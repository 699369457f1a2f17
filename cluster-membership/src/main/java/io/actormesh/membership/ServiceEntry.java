package io.actormesh.membership;

import java.util.List;

/**
 * A service as one node offers it.
 *
 * @param service name of the service
 * @param schema canonical text of its operations, by which a caller checks that both sides agree
 * @param instances its instances on this node, in the order of their ids as the node gave them
 */
public record ServiceEntry(String service, String schema, List<InstanceEntry> instances) {

  public ServiceEntry {
    if (service.isBlank()) {
      throw new IllegalArgumentException("service: '" + service + "' (expected: not blank)");
    }
    instances = List.copyOf(instances);
  }
}
