package io.actormesh.runtime.node;

import io.actormesh.membership.Registry;
import io.actormesh.runtime.config.Findings;
import io.actormesh.runtime.host.Host;
import io.actormesh.runtime.host.InstanceChange;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hosts services on this node and shows their instances in its registry entry. */
final class ServiceHosting {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceHosting.class);

  private final NodePlan plan;
  private final Host host;
  private final Registry registry;
  private final ServiceClients clients;
  private final Singles singles;
  private final BooleanSupplier leaving;

  /**
   * Hosts services.
   *
   * @param leaving whether the node is on its way out, so that nobody needs to be told any more
   */
  ServiceHosting(
      NodePlan plan,
      Host host,
      Registry registry,
      ServiceClients clients,
      Singles singles,
      BooleanSupplier leaving) {
    this.singles = singles;
    this.plan = plan;
    this.host = host;
    this.registry = registry;
    this.clients = clients;
    this.leaving = leaving;
    host.onInstances(this::publish);
  }

  /** Hosts the services of the plan, one after the other; peers learn of them as they come up. */
  CompletionStage<Done> hostPlanned() {
    CompletionStage<Done> all = CompletableFuture.completedFuture(Done.getInstance());
    for (Hosting<?> hosting : plan.hostings()) {
      all = all.thenCompose(before -> begin(hosting));
    }
    return all;
  }

  /** Hosts one more service; completes once every reachable node can call it. */
  <C> CompletionStage<Done> host(Hosting<C> hosting) {
    Findings findings = new Findings();
    NodePlan.register(hosting.contract(), plan.policies(), findings);
    findings.throwIfAny();
    return spawn(hosting).thenCompose(spawned -> confirmed());
  }

  /** Hosts a service no longer: first nobody chooses it any more, then it finishes. */
  CompletionStage<Done> withdraw(String service) {
    if (singles.offers(service)) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "service: " + service + " is placed singly (expected: another; drain the node)"));
    }
    return registry
        .publish(entry -> HostedEntries.draining(entry, service))
        .thenCompose(told -> host.withdraw(service, plan.settings().drain().patience()))
        .thenCompose(withdrawn -> confirmed());
  }

  private CompletionStage<Done> begin(Hosting<?> hosting) {
    if (!hosting.placement().isSingle()) {
      return spawn(hosting);
    }
    refuseTwice(hosting);
    ContractClash.check(hosting, registry.snapshot());
    return singles.offer(hosting);
  }

  private <C> CompletionStage<Done> spawn(Hosting<C> hosting) {
    refuseTwice(hosting);
    ContractClash.check(hosting, registry.snapshot());
    return host.host(hosting.contract(), () -> hosting.behavior().apply(clients))
        .thenApply(hosted -> Done.getInstance());
  }

  /** The host does not know of a single service that runs elsewhere at present. */
  private void refuseTwice(Hosting<?> hosting) {
    String service = hosting.contract().name();
    boolean hosted = host.status().stream().anyMatch(one -> one.service().equals(service));
    if (singles.offers(service) || (hosted && hosting.placement().isSingle())) {
      throw new StartException(
          "The service '" + service + "' is hosted on this node already.", List.of(), null);
    }
  }

  /** A change after the instances' own: when it is confirmed, so are they. */
  private CompletionStage<Done> confirmed() {
    return registry.publish(entry -> entry).thenApply(confirmation -> Done.getInstance());
  }

  private void publish(InstanceChange change) {
    var unused =
        registry
            .publish(HostedEntries.showing(change))
            .exceptionally(
                failure -> {
                  if (!leaving.getAsBoolean()) {
                    LOG.warn("Peers were not told of {}: {}", change, failure.toString());
                  }
                  return null;
                });
  }
}
