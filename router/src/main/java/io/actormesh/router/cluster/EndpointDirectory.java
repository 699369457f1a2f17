package io.actormesh.router.cluster;

import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.RegistrySnapshot;
import io.actormesh.membership.ServiceInstance;
import io.actormesh.router.Endpoint;
import io.actormesh.router.Endpoint.EndpointInfo;
import io.actormesh.router.EndpointId;
import io.actormesh.router.EndpointSet;
import io.actormesh.router.EndpointState;
import io.actormesh.router.NodeHealth;
import io.actormesh.router.balance.Balancer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Turns the registry's snapshots into the routes of all services. Snapshots are taken in one at a
 * time; routes are read by anyone, without waiting for a writer.
 */
public final class EndpointDirectory {

  private static final String DRAINING = "draining";

  private final Function<String, Balancer> balancerOf;
  private final ConcurrentMap<String, ServiceRoute> routes = new ConcurrentHashMap<>();
  private final ConcurrentMap<NodeId, NodeHealth> health = new ConcurrentHashMap<>();
  private volatile RegistrySnapshot latest;

  /**
   * A directory without endpoints.
   *
   * @param balancerOf the balancer of a service, by the service's name
   */
  public EndpointDirectory(RegistrySnapshot initial, Function<String, Balancer> balancerOf) {
    this.balancerOf = balancerOf;
    this.latest = initial;
    accept(initial);
  }

  /** The route to a service; the same object as long as this directory lives. */
  public ServiceRoute route(String service) {
    ServiceRoute known = routes.get(service);
    return known == null ? addRoute(service) : known;
  }

  /** What this node's own traffic says about another one. */
  public NodeHealth health(NodeId node) {
    return health.computeIfAbsent(node, unseen -> new NodeHealth());
  }

  /** The snapshot that the routes reflect. */
  public RegistrySnapshot snapshot() {
    return latest;
  }

  /** Takes in a snapshot; older ones than the latest are ignored. */
  public synchronized void accept(RegistrySnapshot snapshot) {
    if (snapshot.version() < latest.version()) {
      return;
    }
    latest = snapshot;
    health.keySet().retainAll(snapshot.entries().keySet());
    routes.values().forEach(this::refresh);
  }

  /** Lets a service be balanced in another way from now on. */
  public synchronized void balance(String service, Balancer balancer) {
    route(service).balanceWith(balancer);
  }

  private synchronized ServiceRoute addRoute(String service) {
    ServiceRoute route =
        routes.computeIfAbsent(service, name -> new ServiceRoute(name, balancerOf.apply(name)));
    refresh(route);
    return route;
  }

  private void refresh(ServiceRoute route) {
    Map<EndpointId, Endpoint> before = new HashMap<>();
    route.endpoints().endpoints().forEach(endpoint -> before.put(endpoint.id(), endpoint));
    List<Endpoint> now = new ArrayList<>();
    for (ServiceInstance instance : latest.instances(route.service())) {
      now.add(endpoint(instance, before));
    }
    boolean single = latest.single(route.service());
    boolean unchanged = now.equals(route.endpoints().endpoints()) && single == route.single();
    if (!unchanged) {
      route.publish(new EndpointSet(latest.version(), now), single);
    }
  }

  private Endpoint endpoint(ServiceInstance instance, Map<EndpointId, Endpoint> before) {
    NodeId node = instance.nodeId();
    EndpointId id = new EndpointId(node.address(), node.incarnation(), instance.instance().id());
    EndpointInfo info = info(instance);
    Endpoint known = before.get(id);
    return known == null ? new Endpoint(id, info, health(node)) : known.with(info);
  }

  private EndpointInfo info(ServiceInstance instance) {
    NodeDescriptor node = instance.node().node();
    return new EndpointInfo(
        node.name() + "/" + instance.instance().id(),
        state(instance),
        exclusion(instance),
        node.id().equals(latest.self()),
        node.zone(),
        node.version(),
        node.labels(),
        instance.instance().weight());
  }

  private EndpointState state(ServiceInstance instance) {
    if (instance.selectable()) {
      return EndpointState.READY;
    }
    return exclusion(instance).equals(DRAINING) ? EndpointState.SERVING : EndpointState.UNAVAILABLE;
  }

  private String exclusion(ServiceInstance instance) {
    if (instance.selectable()) {
      return "";
    }
    if (latest.unreachable().contains(instance.nodeId())) {
      return "unreachable";
    }
    return instance.node().state() == NodeState.STARTING ? "starting" : DRAINING;
  }
}
