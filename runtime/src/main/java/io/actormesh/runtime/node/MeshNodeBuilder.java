package io.actormesh.runtime.node;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.SuppressForbidden;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.ingress.ExposedService;
import io.actormesh.runtime.ingress.IngressRoutes;
import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/** Describes a node before it starts. Not thread-safe. */
public final class MeshNodeBuilder {

  private final List<Hosting<?>> hostings = new ArrayList<>();
  private final List<ExposedService<?>> exposed = new ArrayList<>();
  private Config application = ConfigFactory.load();
  private Map<String, String> environment = System.getenv();

  private @Nullable OpenTelemetry openTelemetry;

  MeshNodeBuilder() {}

  /**
   * Hosts a service, in as many instances as its policy says (default 1), unless {@code
   * MESH_SERVICES} leaves it out on this node.
   *
   * @param behavior makes the behavior of one instance; called once per instance and restart
   */
  @CanIgnoreReturnValue
  public <C> MeshNodeBuilder host(ServiceContract<C> contract, Supplier<Behavior<C>> behavior) {
    return hostWith(contract, clients -> behavior.get());
  }

  /**
   * Hosts a service that calls others.
   *
   * @param behavior makes the behavior of one instance from the clients it needs
   */
  @CanIgnoreReturnValue
  public <C> MeshNodeBuilder hostWith(
      ServiceContract<C> contract, Function<ServiceClients, Behavior<C>> behavior) {
    return hostWith(contract, Placement.everywhere(), behavior);
  }

  /**
   * Hosts a service that is placed in a way of its own.
   *
   * @param placement such as {@link Placement#single()}; the same on every node that hosts it
   * @param behavior makes the behavior of an instance; called when this node is to run one
   */
  @CanIgnoreReturnValue
  public <C> MeshNodeBuilder host(
      ServiceContract<C> contract, Placement placement, Supplier<Behavior<C>> behavior) {
    return hostWith(contract, placement, clients -> behavior.get());
  }

  /** As {@link #host(ServiceContract, Placement, Supplier)}, for a service that calls others. */
  @CanIgnoreReturnValue
  public <C> MeshNodeBuilder hostWith(
      ServiceContract<C> contract,
      Placement placement,
      Function<ServiceClients, Behavior<C>> behavior) {
    hostings.add(new Hosting<>(contract, placement, behavior));
    return this;
  }

  /** Lets HTTP callers in: {@code POST /{service}/{operation}} for every operation. */
  @CanIgnoreReturnValue
  public <C> MeshNodeBuilder expose(ServiceContract<C> contract) {
    exposed.add(ExposedService.of(contract));
    return this;
  }

  /**
   * Lets HTTP callers in by further routes, too.
   *
   * @throws io.actormesh.runtime.ingress.RouteException with everything wrong with the routes
   */
  @CanIgnoreReturnValue
  public <C> MeshNodeBuilder expose(ServiceContract<C> contract, IngressRoutes<C> routes) {
    exposed.add(ExposedService.of(contract, routes));
    return this;
  }

  /**
   * Makes the node's spans with the application's own OpenTelemetry, which decides what is recorded
   * and where it goes; {@code actormesh.tracing} is not looked at then. The application closes it
   * after the node.
   */
  @CanIgnoreReturnValue
  public MeshNodeBuilder openTelemetry(OpenTelemetry own) {
    openTelemetry = own;
    return this;
  }

  /** The configuration to use in place of {@code ConfigFactory.load()}. */
  @CanIgnoreReturnValue
  public MeshNodeBuilder config(Config complete) {
    application = complete;
    return this;
  }

  /** The environment variables to use in place of the process's; only {@code MESH_*} are read. */
  @CanIgnoreReturnValue
  public MeshNodeBuilder environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
    return this;
  }

  /**
   * Starts the node and waits until it is a member and every reachable node knows its services.
   *
   * @throws StartException if it cannot start or join; the message lists what is wrong and the
   *     fixes
   * @throws io.actormesh.runtime.config.ConfigurationException if the configuration is wrong; lists
   *     everything that is
   */
  @SuppressForbidden("start is called by main, which has nothing to do until the node is up")
  public MeshNode start() {
    try {
      return startAsync().toCompletableFuture().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  /** As {@link #start}, without waiting; wrong configuration is thrown at once. */
  public CompletionStage<MeshNode> startAsync() {
    NodePlan plan = NodePlan.of(application, environment, hostings, exposed, openTelemetry);
    return NodeStart.start(plan);
  }
}
