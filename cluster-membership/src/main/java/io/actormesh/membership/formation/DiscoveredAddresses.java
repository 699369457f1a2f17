package io.actormesh.membership.formation;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.discovery.Discovery;
import org.apache.pekko.discovery.Lookup;
import org.apache.pekko.discovery.ServiceDiscovery;

/**
 * What the source of nodes says, in a look-up of our own beside those of the bootstrap: it tells
 * nobody what it has found, and a node that cannot join has to.
 */
final class DiscoveredAddresses implements Supplier<CompletionStage<List<HostPort>>> {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final ServiceDiscovery discovery;
  private final Lookup lookup;
  private final int fallbackPort;

  DiscoveredAddresses(ActorSystem<?> system, DiscoveredNodes nodes) {
    discovery = Discovery.get(system).loadServiceDiscovery(nodes.method());
    lookup = lookup(nodes);
    fallbackPort = nodes.fallbackPort();
  }

  @Override
  public CompletionStage<List<HostPort>> get() {
    return discovery.lookup(lookup, TIMEOUT).thenApply(this::addresses);
  }

  private static Lookup lookup(DiscoveredNodes nodes) {
    Lookup byName = Lookup.create(nodes.name());
    Lookup byPort = nodes.portName().map(byName::withPortName).orElse(byName);
    return nodes.protocol().map(byPort::withProtocol).orElse(byPort);
  }

  private List<HostPort> addresses(ServiceDiscovery.Resolved resolved) {
    return resolved.getAddresses().stream()
        .map(target -> new HostPort(target.host(), portOf(target)))
        .distinct()
        .sorted(Comparator.comparing(HostPort::toString))
        .toList();
  }

  private int portOf(ServiceDiscovery.ResolvedTarget target) {
    return target.getPort().map(Integer.class::cast).orElse(fallbackPort);
  }
}
