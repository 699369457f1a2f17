package io.actormesh.runtime.node;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.external.ExternalClient;
import io.actormesh.runtime.policy.ConfiguredPolicies;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

/**
 * One node of the mesh: a member of the cluster that hosts services, calls those of others, and
 * lets callers in over HTTP. Thread-safe.
 *
 * <pre>{@code
 * MeshNode node = MeshNode.builder()
 *     .host(Greeter.CONTRACT, Greeter::create)
 *     .expose(Greeter.CONTRACT, http -> http.post("/greet", Greeter.Greet.class))
 *     .start();
 * }</pre>
 *
 * <p>SIGTERM drains it: it becomes unready, tells every peer that it takes nothing more, finishes
 * what it has, and leaves. No call is lost on that way.
 */
public final class MeshNode implements ServiceClients {

  private final NodeAssembly parts;

  MeshNode(NodeAssembly parts) {
    this.parts = parts;
  }

  /** Starts the description of a node. */
  public static MeshNodeBuilder builder() {
    return new MeshNodeBuilder();
  }

  /** The node's name. */
  public String name() {
    return parts.name();
  }

  @Override
  public <C> ServiceClient<C> client(ServiceContract<C> contract) {
    return parts.clients().client(contract);
  }

  @Override
  public ExternalClient external(String service) {
    return parts.externals().client(service);
  }

  /**
   * Hosts another service while running. Completes once every reachable node can call it. Fails if
   * the node hosts it already, or if its contract clashes with the one that others host.
   *
   * @param behavior makes the behavior of one instance; called once per instance
   */
  public <C> CompletionStage<Done> host(
      ServiceContract<C> contract, Supplier<Behavior<C>> behavior) {
    return parts
        .hosting()
        .host(new Hosting<>(contract, Placement.everywhere(), clients -> behavior.get()));
  }

  /**
   * Hosts a service no longer: what waits for it goes elsewhere, what it has started finishes
   * within the drain's patience. Completes once no reachable node chooses it any more and it has
   * stopped. Fails for a service that is placed {@linkplain Placement#single() singly}: the mesh
   * knows from the start of a node that it may run there, and moves it when the node drains.
   */
  public CompletionStage<Done> withdraw(String service) {
    return parts.hosting().withdraw(service);
  }

  /** Which services the mesh has, and where. */
  public ServiceDirectory services() {
    return parts.directory();
  }

  /**
   * The policies in force on this node. Publishing another one takes effect with the next call;
   * codec, balancer, execution model and number of instances are read when a service is first used
   * or hosted.
   */
  public ConfiguredPolicies policies() {
    return parts.plan().policies();
  }

  /** Whether the node is a member, its services are known to its peers, and it is not draining. */
  public boolean ready() {
    return parts.lifecycle().ready();
  }

  /** The port of cluster traffic. */
  public int clusterPort() {
    return parts.clusterPort();
  }

  /** The port on which others call this node's services. */
  public int linkPort() {
    return parts.transport().boundPort();
  }

  /** The port of the HTTP front door, if the node has one. */
  public OptionalInt httpPort() {
    return parts.httpPort();
  }

  /** The port of health, metrics and the admin API. */
  public int adminPort() {
    return parts.adminPort();
  }

  /** The actor system behind, for what the mesh does not offer. */
  public ActorSystem<?> system() {
    return parts.system();
  }

  /**
   * Leaves the mesh without losing a call, as SIGTERM does, and ends the node. Completes when its
   * actor system has terminated; the same stage each time.
   */
  public CompletionStage<Done> drain() {
    return parts.lifecycle().drainAndStop();
  }

  /**
   * Ends the node as a crash would: no leave, no drain, connections just break. For tests of what
   * the others do then.
   */
  public CompletionStage<Done> kill() {
    return parts.lifecycle().kill();
  }

  /** Completes when the node has ended, for whatever reason. */
  public CompletionStage<Done> whenTerminated() {
    return parts.lifecycle().whenTerminated();
  }
}
