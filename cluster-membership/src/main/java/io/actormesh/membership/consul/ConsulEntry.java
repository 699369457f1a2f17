package io.actormesh.membership.consul;

import java.util.List;
import java.util.Map;

/**
 * One place where a service is served, as Consul's catalogue has it.
 *
 * @param id its identity at the agent; unique there
 * @param service the name it is looked up by
 * @param address what callers dial
 * @param port what callers dial
 * @param tags by which callers may choose
 * @param meta whatever else is told about it; names of letters, digits, {@code _} and {@code -}
 */
public record ConsulEntry(
    String id,
    String service,
    String address,
    int port,
    List<String> tags,
    Map<String, String> meta) {

  public ConsulEntry {
    tags = List.copyOf(tags);
    meta = Map.copyOf(meta);
  }

  String checkId() {
    return "ttl:" + id;
  }
}
