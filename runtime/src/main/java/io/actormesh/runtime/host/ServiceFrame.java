package io.actormesh.runtime.host;

import io.actormesh.runtime.policy.PublishedPolicy;
import io.actormesh.runtime.policy.ServicePolicy;

/** What the instances of one service share. Thread-safe. */
final class ServiceFrame {

  private final String name;
  private final String schema;
  private final PublishedPolicy policy;
  private final HostEnvironment host;
  private final ServiceLife life;
  private volatile boolean draining;

  ServiceFrame(
      String name, String schema, PublishedPolicy policy, HostEnvironment host, ServiceLife life) {
    this.name = name;
    this.schema = schema;
    this.policy = policy;
    this.host = host;
    this.life = life;
  }

  String name() {
    return name;
  }

  String schema() {
    return schema;
  }

  /** The policy in force now. */
  ServicePolicy policy() {
    return policy.current();
  }

  HostEnvironment host() {
    return host;
  }

  ServiceLife life() {
    return life;
  }

  boolean draining() {
    return draining;
  }

  void drain() {
    draining = true;
  }

  void changed(int instance, InstanceChange.State state) {
    host.changes().accept(new InstanceChange(name, schema, instance, state));
  }
}
