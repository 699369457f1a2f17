package io.actormesh.runtime.client;

import io.actormesh.router.Endpoint;
import io.actormesh.router.cluster.ServiceRoute;
import io.actormesh.runtime.call.CallContext;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.codec.OperationCodec;
import io.actormesh.runtime.codec.PayloadCodec;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.link.Link;
import io.actormesh.runtime.link.OperationKey;
import io.actormesh.runtime.policy.Policies;
import io.actormesh.runtime.policy.PublishedPolicy;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.tracing.Tracing;
import io.actormesh.throttle.FixedLimit;
import io.actormesh.throttle.Limiter;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Makes the clients of one node. Thread-safe. */
public final class Clients {

  /**
   * What clients need of their node.
   *
   * @param nodeName the caller's name when no service is calling
   * @param ticker the node's clock
   * @param random draws trace ids; thread-safe
   * @param routes the route to a service, by its name
   * @param links the link to an endpoint's node
   * @param codecs the codec of a name
   * @param buffers where requests are encoded
   * @param streams how streams are dealt with
   * @param policies the published policies
   * @param metrics where calls are counted
   * @param callbacks where the asynchronous methods of public futures run
   * @param completions where public futures complete; starts each task at once, as they may block
   * @param completionThreads the most threads that completions may take
   * @param timer runs tasks later that neither block nor take long
   * @param placeholder stands for the reply ref while a message is being made
   * @param contextOf the context of the call that a reply ref answers
   * @param tracing makes the spans of calls and attempts, null = none are made
   */
  public record Environment(
      String nodeName,
      Ticker ticker,
      RandomGenerator random,
      Function<String, ServiceRoute> routes,
      Function<Endpoint, Link> links,
      Function<String, PayloadCodec> codecs,
      ByteBufAllocator buffers,
      ClientStreams streams,
      Policies policies,
      CallMetrics metrics,
      Executor callbacks,
      Executor completions,
      int completionThreads,
      BiConsumer<Duration, Runnable> timer,
      ActorRef<?> placeholder,
      Function<ActorRef<?>, Optional<CallContext>> contextOf,
      @Nullable Tracing tracing) {}

  private final Environment environment;
  private final CallPath path;
  private final Completions completions;
  private final ConcurrentMap<ServiceContract<?>, RoutedClient<?>> clients =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Limiter> limiters = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, MovingCalls> moving = new ConcurrentHashMap<>();

  /** Clients of the given node. */
  public Clients(Environment environment) {
    this.environment = environment;
    this.path =
        CallPath.create(
            environment.ticker(),
            environment.links(),
            environment.buffers(),
            environment.tracing());
    this.completions =
        new Completions(
            environment.callbacks(), environment.completions(), environment.completionThreads());
  }

  /** The client of the contract's service; the same object each time. */
  @SuppressWarnings("unchecked") // made by the contract it is kept under
  public <C> ServiceClient<C> client(ServiceContract<C> contract) {
    return (ServiceClient<C>) clients.computeIfAbsent(contract, this::newClient);
  }

  /** Lets go of what is kept of callers and endpoints, so that those that have vanished can go. */
  public void forgetEdges() {
    clients.values().forEach(RoutedClient::forgetEdges);
  }

  private <C> RoutedClient<C> newClient(ServiceContract<C> contract) {
    PublishedPolicy policy = environment.policies().of(contract.name());
    PayloadCodec codec = environment.codecs().apply(policy.current().codec());
    Map<Operation<C>, OperationTarget<C>> targets = new HashMap<>();
    for (Operation<C> operation : contract.operations()) {
      targets.put(operation, target(contract, operation, codec));
    }
    CallFactory<C> factory = new CallFactory<>(contract, targets, policy, environment);
    return new RoutedClient<>(factory, path, completions, CallTermsSource.DEFAULT);
  }

  /** This node's limit of calls in flight to a service. */
  public Limiter limiter(String service) {
    return limiters.computeIfAbsent(service, this::newLimiter);
  }

  private Limiter newLimiter(String service) {
    PublishedPolicy policy = environment.policies().of(service);
    return new FixedLimit(() -> policy.current().throttle().callerInFlight());
  }

  private MovingCalls moving(String service) {
    return moving.computeIfAbsent(
        service,
        name -> {
          PublishedPolicy policy = environment.policies().of(name);
          return new MovingCalls(
              environment.routes().apply(name),
              () -> policy.current().throttle().movingCalls(),
              environment.ticker(),
              environment.timer());
        });
  }

  private <C> OperationTarget<C> target(
      ServiceContract<C> contract, Operation<C> operation, PayloadCodec codec) {
    OperationCodec<C> prepared = codec.of(operation);
    OperationKey key =
        new OperationKey(
            contract.name(),
            operation.name(),
            codec.name(),
            operation.schema(),
            operation.oneWay());
    return new OperationTarget<>(
        operation,
        key,
        prepared,
        environment.routes().apply(contract.name()),
        limiter(contract.name()),
        moving(contract.name()),
        new CallStats(environment.metrics(), contract.name(), operation.name()),
        environment.streams());
  }
}
