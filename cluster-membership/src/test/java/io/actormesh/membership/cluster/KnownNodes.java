package io.actormesh.membership.cluster;

import io.actormesh.membership.formation.HostPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.discovery.Lookup;
import org.apache.pekko.discovery.ServiceDiscovery;
import scala.collection.immutable.Seq;
import scala.concurrent.Future;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** A service discovery as somebody else would write it: nodes that a test has told it of. */
public final class KnownNodes extends ServiceDiscovery {

  private static final Map<String, List<HostPort>> NODES = new ConcurrentHashMap<>();

  /** Pekko makes it, by the name of its class in the configuration. */
  public KnownNodes(ExtendedActorSystem system) {}

  static void add(String name, HostPort node) {
    NODES.computeIfAbsent(name, none -> new CopyOnWriteArrayList<>()).add(node);
  }

  @Override
  public Future<Resolved> lookup(Lookup lookup, FiniteDuration timeout) {
    Seq<ResolvedTarget> targets =
        CollectionConverters.asScala(
                NODES.getOrDefault(lookup.serviceName(), List.of()).stream()
                    .map(KnownNodes::target)
                    .toList())
            .toList();
    return Future.successful(new Resolved(lookup.serviceName(), targets));
  }

  private static ResolvedTarget target(HostPort node) {
    return new ResolvedTarget(
        node.host(),
        OptionConverters.toScala(Optional.of((Object) node.port())),
        OptionConverters.toScala(Optional.empty()));
  }
}
