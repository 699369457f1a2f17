package io.actormesh.runtime.node;

import io.actormesh.membership.Registry;
import io.actormesh.membership.Subscription;
import io.actormesh.router.Endpoint;
import io.actormesh.router.cluster.EndpointDirectory;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Which services the mesh has and where they run, as this node sees it: reads ask nobody. */
public final class ServiceDirectory {

  private final Registry registry;
  private final EndpointDirectory endpoints;

  ServiceDirectory(Registry registry, EndpointDirectory endpoints) {
    this.registry = registry;
    this.endpoints = endpoints;
  }

  /** The names of the services that any node hosts. */
  public Set<String> names() {
    return registry.snapshot().entries().values().stream()
        .flatMap(node -> node.services().keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The endpoints of a service, those that take no calls included; empty if nobody hosts it. */
  public List<ServiceEndpoint> lookup(String service) {
    return endpoints.route(service).endpoints().endpoints().stream()
        .map(endpoint -> describe(service, endpoint))
        .toList();
  }

  /**
   * Tells the listener a service's endpoints now and after each change of the registry, on the
   * registry's thread: it must be quick and must not block. End it by closing the subscription.
   */
  public Subscription listen(String service, Consumer<List<ServiceEndpoint>> listener) {
    return registry.subscribe(snapshot -> listener.accept(lookup(service)));
  }

  private static ServiceEndpoint describe(String service, Endpoint endpoint) {
    Endpoint.EndpointInfo info = endpoint.info();
    return new ServiceEndpoint(
        service,
        endpoint.label(),
        endpoint.id().node(),
        info.state(),
        endpoint.selectable(),
        endpoint.exclusion(),
        info.zone(),
        info.version(),
        info.labels(),
        info.weight(),
        endpoint.inFlight());
  }
}
