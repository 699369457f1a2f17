package io.actormesh.benchmarks.streams;

import static java.util.Objects.requireNonNull;

import io.actormesh.benchmarks.calls.BenchConfig;
import io.actormesh.benchmarks.calls.Echo;
import io.actormesh.benchmarks.streams.Drops.Drop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Routers;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.SinkRef;
import org.apache.pekko.stream.SourceRef;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.StreamRefs;

/** What a Java team writes with Pekko alone: stream refs, asked for through a group router. */
public final class RawStreams {

  private static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "drops");
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private RawStreams() {}

  /** Its protocol. */
  public interface Command extends Echo.Wire {}

  public record Flow(int characters, ActorRef<Flowing> replyTo) implements Command {}

  public record Flowing(SourceRef<Drop> drops) implements Echo.Wire {}

  public record Take(ActorRef<Taking> replyTo) implements Command {}

  public record Taking(SinkRef<Drop> drops) implements Echo.Wire {}

  /** How many drops the last stream had that was taken, once it has ended. */
  public record Taken(ActorRef<Count> replyTo) implements Command {}

  public record Count(long drops) implements Echo.Wire {}

  /** A serving system. */
  public static ActorSystem<Void> server(int seed) {
    return ActorSystem.create(
        Behaviors.setup(
            context -> {
              ActorRef<Command> drops = context.spawn(drops(), "drops");
              context.getSystem().receptionist().tell(Receptionist.register(KEY, drops));
              return Behaviors.empty();
            }),
        "raw",
        BenchConfig.pekko(0, seed));
  }

  static ActorSystem<Command> client(int port) {
    return ActorSystem.create(
        Routers.group(KEY).withRoundRobinRouting(), "raw", BenchConfig.pekko(port, port));
  }

  /** Reads for a while; how many drops came. */
  static CompletionStage<Long> read(ActorSystem<Command> router, int characters, Duration time) {
    return AskPattern.<Command, Flowing>ask(
            router, replyTo -> new Flow(characters, replyTo), TIMEOUT, router.scheduler())
        .thenCompose(
            flowing ->
                flowing
                    .drops()
                    .getSource()
                    .takeWithin(time)
                    .runFold(0L, (count, drop) -> count + 1, router));
  }

  /** Sends for a while; how many drops arrived. */
  static CompletionStage<Long> send(ActorSystem<Command> router, int characters, Duration time) {
    return AskPattern.<Command, Taking>ask(router, Take::new, TIMEOUT, router.scheduler())
        .thenCompose(
            taking -> {
              Drops.source(characters).takeWithin(time).runWith(taking.drops().getSink(), router);
              return AskPattern.<Command, Count>ask(
                  router, Taken::new, TIMEOUT, router.scheduler());
            })
        .thenApply(Count::drops);
  }

  private static Behavior<Command> drops() {
    return Behaviors.setup(
        context -> {
          AtomicReference<CompletionStage<Long>> last =
              new AtomicReference<>(new CompletableFuture<>());
          ActorSystem<Void> system = context.getSystem();
          return Behaviors.receive(Command.class)
              .onMessage(
                  Flow.class,
                  flow -> {
                    flow.replyTo()
                        .tell(
                            new Flowing(
                                Drops.source(flow.characters())
                                    .runWith(StreamRefs.sourceRef(), system)));
                    return Behaviors.same();
                  })
              .onMessage(
                  Take.class,
                  take -> {
                    Pair<SinkRef<Drop>, CompletionStage<Long>> taking =
                        StreamRefs.<Drop>sinkRef()
                            .toMat(Sink.fold(0L, (count, drop) -> count + 1), Keep.both())
                            .run(system);
                    last.set(taking.second());
                    take.replyTo().tell(new Taking(taking.first()));
                    return Behaviors.same();
                  })
              .onMessage(
                  Taken.class,
                  taken -> {
                    var unused =
                        requireNonNull(last.get())
                            .thenAccept(count -> taken.replyTo().tell(new Count(count)));
                    return Behaviors.same();
                  })
              .build();
        });
  }
}
