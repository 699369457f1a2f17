package io.actormesh.runtime.node;

import com.typesafe.config.Config;
import io.actormesh.membership.consul.CheckState;
import io.actormesh.membership.consul.ConsulClient;
import io.actormesh.membership.consul.ConsulEntry;
import io.actormesh.membership.consul.ConsulSettings;
import io.actormesh.membership.consul.KeptEntry;
import io.actormesh.membership.formation.DiscoveredNodes;
import io.actormesh.membership.formation.HostPort;
import io.actormesh.runtime.ingress.ExposedService;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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
  private final List<KeptEntry> published = new CopyOnWriteArrayList<>();
  private final @Nullable ConsulClient client;

  Catalogue(NodeAssembly node, Config actormesh) {
    this.node = node;
    // Apart from the application's threads: a node whose own are all busy does not look dead.
    this.executor =
        node.system()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig("pekko.actor.internal-dispatcher"));
    this.settings = ConsulSettings.from(actormesh.getConfig("consul"));
    this.client = byConsul() || settings.publish() ? new ConsulClient(settings, executor) : null;
  }

  /** Lets other nodes find the admin port, at which they ask for a mesh to join. */
  void announce(HostPort admin) {
    if (client != null
        && byConsul()
        && node.formation().method() instanceof DiscoveredNodes nodes) {
      ConsulEntry entry =
          new ConsulEntry(
              nodes.name() + "@" + node.settings().cluster().name() + ":" + node.name(),
              nodes.name(),
              admin.host(),
              admin.port(),
              List.of(),
              Map.of("mesh", node.settings().cluster().name(), "node", node.name()));
      var unused = keep(client, entry, () -> CompletableFuture.completedFuture(RUNS)).refresh();
    }
  }

  /** Lets callers who are not part of the mesh find the services of the front door, if it may. */
  void publish() {
    OptionalInt door = node.httpPort();
    if (client == null || !settings.publish() || door.isEmpty()) {
      return;
    }
    Publication publication = new Publication(node, settings.tags());
    for (ExposedService<?> exposed : node.plan().exposed()) {
      String service = exposed.contract().name();
      ConsulEntry entry = publication.entry(service, door.getAsInt());
      KeptEntry kept = keep(client, entry, () -> publication.state(service));
      published.add(kept);
      var unused = kept.refresh();
    }
  }

  /** Takes the services out of rotation; they are still served to those who do not know. */
  CompletionStage<Void> drain() {
    return each(published, entry -> entry.maintain("The node drains."));
  }

  /** Removes what is there, so that nobody looks for this node any more. */
  CompletionStage<Void> leave() {
    return each(entries, KeptEntry::end);
  }

  private KeptEntry keep(
      ConsulClient consul, ConsulEntry entry, Supplier<CompletionStage<CheckState>> state) {
    KeptEntry kept =
        KeptEntry.start(
            consul, entry, state, settings.checkTtl(), node.system().scheduler(), executor);
    entries.add(kept);
    return kept;
  }

  /** A Consul that does not answer does not keep a node from leaving. */
  private CompletionStage<Void> each(
      List<KeptEntry> some, Function<KeptEntry, CompletionStage<Void>> step) {
    if (some.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.allOf(
            some.stream()
                .map(step)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .whenCompleteAsync((done, failure) -> {}, executor);
  }

  private boolean byConsul() {
    return node.formation().method() instanceof DiscoveredNodes nodes
        && nodes.method().equals(DiscoveredNodes.CONSUL);
  }
}
