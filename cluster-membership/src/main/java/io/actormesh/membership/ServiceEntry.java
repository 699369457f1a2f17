package io.actormesh.membership;

import java.util.List;

/**
 * A service as one node offers it.
 *
 * @param service name of the service
 * @param schema canonical text of its operations, by which a caller checks that both sides agree
 * @param instances its instances on this node, in the order of their ids as the node gave them
 * @param single whether the whole mesh has at most one instance of it: this node may run it, and
 *     shows no instance while another one does
 */
public record ServiceEntry(
    String service, String schema, List<InstanceEntry> instances, boolean single) {

  public ServiceEntry {
    if (service.isBlank()) {
      throw new IllegalArgumentException("service: '" + service + "' (expected: not blank)");
    }
    instances = List.copyOf(instances);
  }
}
