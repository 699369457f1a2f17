package io.actormesh.runtime.node;

import com.typesafe.config.Config;
import io.actormesh.membership.consul.CheckState;
import io.actormesh.membership.consul.ConsulClient;
import io.actormesh.membership.consul.ConsulEntry;
import io.actormesh.membership.consul.ConsulSettings;
import io.actormesh.membership.consul.KeptEntry;
import io.actormesh.membership.formation.DiscoveredNodes;
import io.actormesh.membership.formation.HostPort;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContextExecutor;

/** What this node keeps in Consul's catalogue, if it is told to. */
final class Catalogue {

  private static final CheckState RUNS = new CheckState(true, "The node runs.");

  private final NodeAssembly node;
  private final ExecutionContextExecutor executor;
  private final ConsulSettings settings;
  private final List<KeptEntry> entries = new CopyOnWriteArrayList<>();
  private final @Nullable ConsulClient client;

  Catalogue(NodeAssembly node, Config actormesh) {
    this.node = node;
    // Apart from the application's threads: a node whose own are all busy does not look dead.
    this.executor =
        node.system()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig("pekko.actor.internal-dispatcher"));
    this.settings = ConsulSettings.from(actormesh.getConfig("consul"));
    this.client = byConsul() ? new ConsulClient(settings, executor) : null;
  }

  /** Lets other nodes find the admin port, at which they ask for a mesh to join. */
  void announce(HostPort admin) {
    if (client != null && node.formation().method() instanceof DiscoveredNodes nodes) {
      ConsulEntry entry =
          new ConsulEntry(
              nodes.name() + "-" + node.name(),
              nodes.name(),
              admin.host(),
              admin.port(),
              List.of(),
              Map.of("mesh", node.settings().cluster().name(), "node", node.name()));
      var unused = keep(client, entry, () -> CompletableFuture.completedFuture(RUNS)).refresh();
    }
  }

  /** Removes what is there, so that nobody looks for this node any more. */
  CompletionStage<Void> leave() {
    return each(KeptEntry::end);
  }

  private KeptEntry keep(
      ConsulClient consul, ConsulEntry entry, Supplier<CompletionStage<CheckState>> state) {
    KeptEntry kept =
        KeptEntry.start(
            consul, entry, state, settings.checkTtl(), node.system().scheduler(), executor);
    entries.add(kept);
    return kept;
  }

  private CompletionStage<Void> each(Function<KeptEntry, CompletionStage<Void>> step) {
    return CompletableFuture.allOf(
        entries.stream()
            .map(step)
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new));
  }

  private boolean byConsul() {
    return node.formation().method() instanceof DiscoveredNodes nodes
        && nodes.method().equals(DiscoveredNodes.CONSUL);
  }
}
