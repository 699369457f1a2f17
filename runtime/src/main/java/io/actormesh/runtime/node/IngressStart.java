package io.actormesh.runtime.node;

import io.actormesh.runtime.client.CallOptions;
import io.actormesh.runtime.client.Clients;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.ingress.CallGateway;
import io.actormesh.runtime.ingress.ExposedService;
import io.actormesh.runtime.ingress.Ingress;
import io.actormesh.runtime.ingress.IngressObserver;
import io.actormesh.runtime.ingress.IngressSettings;
import io.actormesh.runtime.ingress.IngressWiring;
import io.actormesh.runtime.policy.ConfiguredPolicies;
import io.actormesh.runtime.policy.ServicePolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Opens the node's front door, if it has one. */
final class IngressStart {

  private IngressStart() {}

  static CompletionStage<Optional<Ingress>> open(NodeAssembly node) {
    NodePlan plan = node.plan();
    if (plan.settings().ingress().port().isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    IngressWiring wiring =
        new IngressWiring(
            node.name(),
            new ClientGateway(node.clients()),
            IngressObserver.into(node.metrics()),
            node.ticker(),
            InstantSource.system(),
            node.random(),
            node.telemetry().requests(node.ticker()));
    IngressSettings settings = IngressSettings.of(plan.settings(), longest(plan));
    return Ingress.start(node.system(), settings, plan.exposed(), wiring).thenApply(Optional::of);
  }

  /** The longest deadline of all exposed operations, which no time-out of HTTP may undercut. */
  private static Duration longest(NodePlan plan) {
    return plan.exposed().stream()
        .map(ExposedService::contract)
        .flatMap(contract -> deadlines(contract, plan.policies()))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ofSeconds(1));
  }

  private static Stream<Duration> deadlines(
      ServiceContract<?> contract, ConfiguredPolicies policies) {
    ServicePolicy policy = policies.of(contract.name()).current();
    return contract.operations().stream()
        .map(operation -> policy.operation(operation.name()).deadline());
  }

  /** Calls go the same way as those of actors. */
  private record ClientGateway(Clients clients) implements CallGateway {
    @Override
    public <C> CompletionStage<Object> call(
        ServiceContract<C> contract, Operation<C> operation, C message, CallOptions options) {
      return clients.client(contract).call(operation, message, options);
    }
  }
}
