package io.actormesh.runtime.node;

import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.Registry;
import io.actormesh.runtime.observe.HostMetrics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's way into the mesh. */
final class NodeStart {

  private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);

  private final NodeAssembly node;

  private NodeStart(NodeAssembly node) {
    this.node = node;
  }

  /** Starts a node; completes when it serves and every reachable node knows it. */
  static CompletionStage<MeshNode> start(NodePlan plan) {
    NodeStart start = new NodeStart(NodeAssembly.of(plan));
    return start
        .run()
        .handle((done, failure) -> failure == null ? start.started() : start.giveUp(failure))
        .thenCompose(stage -> stage);
  }

  /** Each step needs the one before it; the last one makes the node visible as ready. */
  private CompletionStage<Done> run() {
    node.plan().warnings().forEach(warning -> LOG.warn("{}", warning));
    node.lifecycle().install();
    connect();
    // Probes are answered while the node is still joining.
    return node.admin()
        .open()
        .thenCompose(open -> node.membership().join())
        .thenCompose(joined -> node.hosting().hostPlanned())
        .thenCompose(hosted -> openIngress())
        .thenCompose(open -> publishReady())
        .thenApply(confirmed -> becomeReady());
  }

  /** Lets knowledge flow: from the registry to the endpoints and links. */
  private void connect() {
    Registry registry = node.membership().registry();
    var unusedRoutes = registry.subscribe(node.endpoints()::accept);
    var unusedLinks = registry.subscribe(node.links()::accept);
    node.metrics().loads(() -> HostMetrics.loads(node.host().status()));
    node.housekeeping().start();
  }

  private CompletionStage<Done> openIngress() {
    return IngressStart.open(node)
        .thenApply(
            opened -> {
              opened.ifPresent(node::opened);
              return Done.getInstance();
            });
  }

  private CompletionStage<Done> publishReady() {
    NodeDescriptor complete = node.descriptor(node.httpPort().orElse(0), node.adminPort());
    return node.membership()
        .registry()
        .publish(entry -> HostedEntries.complete(entry, complete))
        .thenApply(confirmed -> Done.getInstance());
  }

  private Done becomeReady() {
    node.lifecycle().becomeReady();
    node.catalogue().publish();
    LOG.info(
        "Node {} is ready: cluster {}, link {}, http {}, admin {}",
        node.name(),
        node.id().address(),
        node.transport().boundPort(),
        node.httpPort().isPresent() ? node.httpPort().getAsInt() : "none",
        node.adminPort());
    return Done.getInstance();
  }

  private CompletionStage<MeshNode> started() {
    return CompletableFuture.completedFuture(new MeshNode(node));
  }

  private CompletionStage<MeshNode> giveUp(Throwable failure) {
    var unused = node.catalogue().leave().thenRun(node.system()::terminate);
    CompletableFuture<MeshNode> failed = new CompletableFuture<>();
    RuntimeException reason = StartFailures.of(node.name(), node.settings(), failure);
    return node.lifecycle()
        .whenTerminated()
        .thenCompose(
            ended -> {
              failed.completeExceptionally(reason);
              return failed;
            });
  }
}
