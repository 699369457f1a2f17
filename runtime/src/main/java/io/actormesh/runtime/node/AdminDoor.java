package io.actormesh.runtime.node;

import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.formation.BootstrapDoor;
import io.actormesh.membership.formation.HostPort;
import io.actormesh.runtime.admin.AdminServer;
import io.actormesh.runtime.admin.HealthChecks;
import io.actormesh.runtime.admin.NodeFigures;
import io.actormesh.runtime.admin.PeerFigures;
import io.actormesh.runtime.admin.PeerNode;
import io.actormesh.runtime.admin.TelemetryCollector;
import io.actormesh.runtime.config.NodeSettings;
import io.actormesh.runtime.ingress.Ingress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/** Opens the node's admin port: health, metrics, and what the node knows of the mesh. */
final class AdminDoor {

  private final NodeAssembly node;
  private final HealthChecks checks = new HealthChecks();
  private volatile @Nullable AdminServer server;

  AdminDoor(NodeAssembly node) {
    this.node = node;
  }

  /** First of all doors, so that probes are answered while the node is still joining. */
  CompletionStage<Done> open() {
    checks.add("node", this::notReady);
    checks.warn("front-door", this::warningsOfIngress);
    PeerFigures peers =
        TelemetryCollector.start(
            node.system(),
            () -> NodeFigures.of(node.name(), node.metrics(), checks.warnings()),
            this::peers);
    NodeSettings.Admin settings = node.settings().admin();
    AdminServer.Sources sources =
        new AdminServer.Sources(node.name(), checks, node.metrics(), new NodeMeshView(node), peers);
    return AdminServer.start(node.system(), settings.bindHost(), settings.port(), sources)
        .thenApply(
            started -> {
              server = started;
              answerBootstrap(started);
              return Done.getInstance();
            });
  }

  /** Nodes that look each other up ask here for a mesh to join. */
  private void answerBootstrap(AdminServer opened) {
    if (node.settings().cluster().looksUp()) {
      HostPort contact = new HostPort(node.settings().node().host(), opened.port());
      opened.mount(BootstrapDoor.PATH, BootstrapDoor.open(node.system(), contact)::apply);
      node.catalogue().announce(contact);
    }
  }

  /** Why this node takes no work, as its probe of readiness says; nothing if it does. */
  CompletionStage<List<String>> whyNotReady() {
    AdminServer open = server;
    return open == null
        ? CompletableFuture.completedFuture(List.of(node.lifecycle().describe()))
        : open.whyNotReady();
  }

  HealthChecks checks() {
    return checks;
  }

  /** The port that is bound, 0 before. */
  int port() {
    AdminServer open = server;
    return open == null ? 0 : open.port();
  }

  private Optional<String> notReady() {
    return node.lifecycle().ready() ? Optional.empty() : Optional.of(node.lifecycle().describe());
  }

  private List<String> warningsOfIngress() {
    return node.ingress().map(Ingress::warnings).orElse(List.of());
  }

  private List<PeerNode> peers() {
    RegistrySnapshot snapshot = node.membership().registry().snapshot();
    NodeId self = node.id();
    return snapshot.entries().values().stream()
        .map(NodeEntry::node)
        .filter(peer -> !peer.id().equals(self))
        .map(
            peer ->
                new PeerNode(
                    peer.name(), peer.id().address(), !snapshot.unreachable().contains(peer.id())))
        .toList();
  }
}
