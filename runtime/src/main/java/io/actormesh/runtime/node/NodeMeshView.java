package io.actormesh.runtime.node;

import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.router.Endpoint;
import io.actormesh.runtime.admin.EndpointView;
import io.actormesh.runtime.admin.MeshView;
import io.actormesh.runtime.admin.NodeView;
import io.actormesh.runtime.admin.ServiceSummary;
import io.actormesh.runtime.admin.ServiceView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a node shows of the mesh: its registry's snapshot and its router's endpoints. */
final class NodeMeshView implements MeshView {

  private final NodeAssembly node;

  NodeMeshView(NodeAssembly node) {
    this.node = node;
  }

  @Override
  public List<NodeView> nodes() {
    RegistrySnapshot snapshot = node.membership().registry().snapshot();
    return snapshot.entries().values().stream().map(entry -> view(entry, snapshot)).toList();
  }

  @Override
  public List<ServiceSummary> services() {
    return node.directory().names().stream().sorted().map(this::summary).toList();
  }

  @Override
  public Optional<ServiceView> service(String name) {
    List<Endpoint> endpoints = endpoints(name);
    // A single service is known also while it is nowhere.
    return endpoints.isEmpty() && !node.directory().names().contains(name)
        ? Optional.empty()
        : Optional.of(new ServiceView(name, endpoints.stream().map(NodeMeshView::view).toList()));
  }

  @Override
  public Optional<Map<String, Object>> policy(String service) {
    boolean known =
        node.plan().policies().services().contains(service) || !endpoints(service).isEmpty();
    return known
        ? Optional.of(node.plan().policies().effective(service).toMap())
        : Optional.empty();
  }

  private List<Endpoint> endpoints(String service) {
    return node.endpoints().route(service).endpoints().endpoints();
  }

  private ServiceSummary summary(String service) {
    List<Endpoint> all = endpoints(service);
    int nodes = (int) all.stream().map(endpoint -> endpoint.id().node()).distinct().count();
    int ready = (int) all.stream().filter(Endpoint::selectable).count();
    return new ServiceSummary(service, nodes, all.size(), ready);
  }

  private NodeView view(NodeEntry entry, RegistrySnapshot snapshot) {
    NodeDescriptor described = entry.node();
    return new NodeView(
        described.name(),
        described.id().address(),
        Long.toHexString(described.id().incarnation()),
        described.zone(),
        described.version(),
        described.labels(),
        entry.state().name(),
        !snapshot.unreachable().contains(entry.id()),
        entry.id().equals(node.id()));
  }

  private static EndpointView view(Endpoint endpoint) {
    String label = endpoint.label();
    return new EndpointView(
        label,
        label.substring(0, label.lastIndexOf('/')),
        endpoint.id().instance(),
        endpoint.info().zone(),
        endpoint.info().version(),
        endpoint.info().state().name(),
        endpoint.info().weight(),
        endpoint.health().usable() ? "usable" : endpoint.health().trouble(),
        endpoint.exclusion(),
        endpoint.inFlight());
  }
}
