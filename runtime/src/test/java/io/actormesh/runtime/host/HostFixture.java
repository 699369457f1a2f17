package io.actormesh.runtime.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.codec.PayloadCodec;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.host.HostObserver.InstanceObserver;
import io.actormesh.runtime.link.OperationKey;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.policy.ExecutionModel;
import io.actormesh.runtime.policy.OperationPolicy;
import io.actormesh.runtime.policy.PublishedPolicy;
import io.actormesh.runtime.policy.ServicePolicy;
import io.actormesh.runtime.stream.StreamRunner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;

/** A host in an actor system of its own, whose policy the test may change. */
final class HostFixture implements AutoCloseable {

  static final Config CONFIG =
      ConfigFactory.parseString(
              """
              pekko.loglevel = WARNING
              pekko.actor.provider = local
              """)
          .withFallback(ConfigFactory.load());

  final ActorTestKit kit;
  final Host host;
  final HostDispatchers dispatchers;
  final List<InstanceChange> changes = new CopyOnWriteArrayList<>();
  final Counters counters = new Counters();
  private final Map<String, PublishedPolicy> policies = new ConcurrentHashMap<>();

  HostFixture() {
    this(CONFIG, List.of());
  }

  HostFixture(Config config, List<EventLoop> loops) {
    kit = ActorTestKit.create(config);
    dispatchers = new HostDispatchers(kit.system(), loops, Ticker.system(), Duration.ofMillis(50));
    PayloadCodec text = new TextCodec();
    host =
        new Host(
            kit.system(),
            Ticker.system(),
            this::policy,
            dispatchers,
            (service, instance) -> counters,
            new HostStreams(
                new StreamRunner(kit.system(), HostDispatchers.POOL),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5)),
            name -> Optional.of(text).filter(codec -> codec.name().equals(name)),
            null);
    host.onInstances(changes::add);
  }

  PublishedPolicy policy(String service) {
    return policies.computeIfAbsent(service, name -> new PublishedPolicy(new Policy().of(name)));
  }

  HostFixture with(Policy policy) {
    policy("probe").publish(policy.of("probe"));
    return this;
  }

  HostFixture serve(Supplier<Behavior<Probe.Command>> behavior) {
    return serve(Probe.CONTRACT, behavior);
  }

  <C> HostFixture serve(ServiceContract<C> contract, Supplier<Behavior<C>> behavior) {
    host.host(contract, behavior).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    return this;
  }

  FakeCall say(String text) {
    return FakeCall.remote(key("say"), bytes(text));
  }

  FakeCall check(String text) {
    return FakeCall.remote(key("check"), bytes(text));
  }

  FakeCall note(String text) {
    return FakeCall.remote(key("note"), bytes(text));
  }

  FakeCall call(FakeCall call) {
    host.onCall(call);
    return call;
  }

  HostedServiceStatus.InstanceStatus status() {
    return host.status().get(0).instances().get(0);
  }

  static OperationKey key(String operation) {
    return key(Probe.CONTRACT, operation);
  }

  static OperationKey key(ServiceContract<?> contract, String operation) {
    var found = contract.operation(operation).orElseThrow();
    return new OperationKey(contract.name(), operation, "text", found.schema(), found.oneWay());
  }

  static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    host.close();
    dispatchers.close();
  }

  /** A policy with settings small enough to be hit. */
  static final class Policy {
    int instances = 1;
    int inFlight = 64;
    int queue = 64;
    long queueBytes = 1 << 20;
    int streams = 100;
    int maxPayload = 64 * 1024;
    ExecutionModel execution = ExecutionModel.DISPATCHER;
    Duration minBackoff = Duration.ofMillis(20);
    Duration maxBackoff = Duration.ofSeconds(1);

    Policy instances(int n) {
      instances = n;
      return this;
    }

    Policy inFlight(int n) {
      inFlight = n;
      return this;
    }

    Policy queue(int n) {
      queue = n;
      return this;
    }

    Policy queueBytes(long n) {
      queueBytes = n;
      return this;
    }

    Policy maxPayload(int n) {
      maxPayload = n;
      return this;
    }

    Policy on(ExecutionModel model) {
      execution = model;
      return this;
    }

    Policy backoff(Duration min, Duration max) {
      minBackoff = min;
      maxBackoff = max;
      return this;
    }

    ServicePolicy of(String service) {
      return new ServicePolicy(
          service,
          "text",
          execution,
          instances,
          maxPayload,
          new ServicePolicy.Balance("power-of-two-choices"),
          new ServicePolicy.Throttle(1024, inFlight, queue, queueBytes, streams, 512),
          new ServicePolicy.Restart(minBackoff, maxBackoff),
          new OperationPolicy(Duration.ofSeconds(15), Priority.NORMAL, false, 3),
          Map.of());
    }
  }

  /** What the host has told its observer. */
  static final class Counters implements InstanceObserver {
    final AtomicInteger answered = new AtomicInteger();
    final AtomicInteger second = new AtomicInteger();
    final AtomicInteger late = new AtomicInteger();
    final AtomicInteger replaced = new AtomicInteger();
    final AtomicInteger abandoned = new AtomicInteger();
    final List<RefusalReason> ended = new CopyOnWriteArrayList<>();

    @Override
    public void answered(long serviceNanos, boolean error) {
      answered.incrementAndGet();
    }

    @Override
    public void refused(RefusalReason reason) {
      ended.add(reason);
    }

    @Override
    public void left(RefusalReason reason) {
      ended.add(reason);
    }

    @Override
    public void failed(RefusalReason reason, long serviceNanos) {
      ended.add(reason);
    }

    @Override
    public void secondReply() {
      second.incrementAndGet();
    }

    @Override
    public void lateReply() {
      late.incrementAndGet();
    }

    @Override
    public void abandoned() {
      abandoned.incrementAndGet();
    }

    @Override
    public void replaced() {
      replaced.incrementAndGet();
    }
  }
}
