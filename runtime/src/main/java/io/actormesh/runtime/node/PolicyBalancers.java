package io.actormesh.runtime.node;

import io.actormesh.router.balance.Balancer;
import io.actormesh.router.balance.Balancers;
import io.actormesh.runtime.policy.Policies;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The balancer that a service's policy names. */
final class PolicyBalancers implements Function<String, Balancer> {

  private final Balancers balancers;
  private final Policies policies;

  PolicyBalancers(RandomGenerator random, Policies policies) {
    this.balancers = new Balancers(random);
    this.policies = policies;
  }

  @Override
  public Balancer apply(String service) {
    return balancers.named(policies.of(service).current().balance().algorithm());
  }
}
