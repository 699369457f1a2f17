package io.actormesh.membership.consul;

import static scala.jdk.javaapi.OptionConverters.toScala;

import io.actormesh.membership.consul.ConsulException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.discovery.Lookup;
import org.apache.pekko.discovery.ServiceDiscovery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.Seq;
import scala.concurrent.Future;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Finds the passing entries of a service, by {@code actormesh.consul}. While Consul is away the
 * answer is the last one it gave; a look-up that is not permitted fails.
 */
public final class ConsulDiscovery extends ServiceDiscovery {

  private static final Logger LOG = LoggerFactory.getLogger(ConsulDiscovery.class);

  private final ConsulClient client;
  private final Map<String, List<ConsulEntry>> lastGood = new ConcurrentHashMap<>();
  private volatile boolean away;

  /** Pekko makes it, by the name of its class in the configuration. */
  public ConsulDiscovery(ExtendedActorSystem system) {
    ConsulSettings settings =
        ConsulSettings.from(system.settings().config().getConfig("actormesh.consul"));
    client =
        new ConsulClient(settings, system.dispatchers().lookup("pekko.actor.internal-dispatcher"));
  }

  @Override
  public Future<Resolved> lookup(Lookup lookup, FiniteDuration timeout) {
    String service = lookup.serviceName();
    CompletionStage<Resolved> resolved =
        client
            .passing(service)
            .toCompletableFuture()
            .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .handle((entries, failure) -> answer(service, entries, failure))
            .thenApply(entries -> new Resolved(service, targets(entries)));
    return FutureConverters.asScala(resolved);
  }

  private List<ConsulEntry> answer(
      String service, @Nullable List<ConsulEntry> entries, @Nullable Throwable failure) {
    if (entries != null) {
      lastGood.put(service, entries);
      returned();
      return entries;
    }
    ConsulException problem = ConsulFaults.of(client.address(), failure);
    List<ConsulEntry> known = lastGood.get(service);
    if (problem.kind() != Kind.AWAY || known == null) {
      throw problem;
    }
    if (!away) {
      away = true;
      List<String> places =
          known.stream().map(entry -> entry.address() + ":" + entry.port()).toList();
      LOG.warn("{}. The last list of '{}' still holds: {}", problem.problem(), service, places);
    }
    return known;
  }

  private void returned() {
    if (away) {
      away = false;
      LOG.info("Consul answers again");
    }
  }

  private static Seq<ResolvedTarget> targets(List<ConsulEntry> entries) {
    return CollectionConverters.asScala(entries.stream().map(ConsulDiscovery::target).toList())
        .toList();
  }

  private static ResolvedTarget target(ConsulEntry entry) {
    return new ResolvedTarget(
        entry.address(), toScala(Optional.of((Object) entry.port())), toScala(Optional.empty()));
  }
}
