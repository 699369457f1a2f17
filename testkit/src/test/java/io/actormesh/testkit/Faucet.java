package io.actormesh.testkit;

import static java.util.Objects.requireNonNull;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;

/** Streams that last until somebody ends them, and counts of what became of them. */
final class Faucet {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("faucet", Command.class);

  /** Streams replied; how often their sources were run, and how many of these runs have ended. */
  static final AtomicInteger REPLIED = new AtomicInteger();

  static final AtomicInteger RUN = new AtomicInteger();
  static final AtomicInteger ENDED = new AtomicInteger();

  private static final AtomicReference<SharedKillSwitch> VALVE = new AtomicReference<>(valve());
  private static final AtomicReference<Source<Drop, NotUsed>> KEPT = new AtomicReference<>();

  private final ActorContext<Command> context;
  private final Queue<SourceQueueWithComplete<Drop>> feeding = new ConcurrentLinkedQueue<>();

  private Faucet(ActorContext<Command> context) {
    this.context = context;
  }

  sealed interface Command {}

  /** One drop, and no more until all are shut. */
  record Flow(ActorRef<Source<Drop, NotUsed>> replyTo) implements Command {}

  /** One drop that the actor sends, and its failure when it goes. */
  record Fed(ActorRef<Source<Drop, NotUsed>> replyTo) implements Command {}

  /** Answers at once, and keeps what it is sent. */
  record Keep(Source<Drop, NotUsed> drops, ActorRef<String> replyTo) implements Command {}

  /** Reads what was kept, and tells how that ends. */
  record Late(ActorRef<String> replyTo) implements Command {}

  record Fail(ActorRef<String> replyTo) implements Command {}

  record Name(ActorRef<String> replyTo) implements Command {}

  record Drop(int number) {}

  static Behavior<Command> create() {
    return Behaviors.setup(context -> new Faucet(context).receive());
  }

  /** Ends all that flows. */
  static void shutAll() {
    VALVE.getAndSet(valve()).shutdown();
  }

  static void reset() {
    REPLIED.set(0);
    RUN.set(0);
    ENDED.set(0);
  }

  /** Counts how often a source is run, and its ends. */
  static Source<Drop, NotUsed> counted(
      Source<Drop, NotUsed> source, AtomicInteger runs, AtomicInteger ends) {
    return source.watchTermination(
        (none, end) -> {
          runs.incrementAndGet();
          end.whenComplete((done, failure) -> ends.incrementAndGet());
          return none;
        });
  }

  private static SharedKillSwitch valve() {
    return KillSwitches.shared("valve");
  }

  private Behavior<Command> receive() {
    return Behaviors.receive(Command.class)
        .onMessage(Flow.class, Faucet::flow)
        .onMessage(Fed.class, this::feed)
        .onMessage(Keep.class, Faucet::keep)
        .onMessage(Late.class, this::late)
        .onMessage(
            Fail.class,
            fail -> {
              throw new IllegalStateException("out of order");
            })
        .onMessage(
            Name.class,
            name -> {
              name.replyTo().tell("faucet");
              return Behaviors.same();
            })
        .onSignal(PostStop.class, signal -> gone())
        .onSignal(PreRestart.class, signal -> gone())
        .build();
  }

  private static Behavior<Command> flow(Flow flow) {
    Source<Drop, NotUsed> drops =
        Source.single(new Drop(1))
            .concat(
                Source.<Drop>never()
                    .viaMat(requireNonNull(VALVE.get()).flow(), (none, valve) -> none));
    REPLIED.incrementAndGet();
    flow.replyTo().tell(counted(drops, RUN, ENDED));
    return Behaviors.same();
  }

  private Behavior<Command> feed(Fed fed) {
    Pair<SourceQueueWithComplete<Drop>, Source<Drop, NotUsed>> fedBy =
        Source.<Drop>queue(8, OverflowStrategy.fail()).preMaterialize(context.getSystem());
    feeding.add(fedBy.first());
    var unused = fedBy.first().offer(new Drop(1));
    fed.replyTo().tell(fedBy.second());
    return Behaviors.same();
  }

  private Behavior<Command> gone() {
    feeding.forEach(queue -> queue.fail(new IllegalStateException("the actor has gone")));
    return Behaviors.same();
  }

  private static Behavior<Command> keep(Keep keep) {
    KEPT.set(keep.drops());
    keep.replyTo().tell("kept");
    return Behaviors.same();
  }

  private Behavior<Command> late(Late late) {
    requireNonNull(KEPT.get())
        .runWith(Sink.ignore(), context.getSystem())
        .whenComplete((done, failure) -> late.replyTo().tell(String.valueOf(failure)));
    return Behaviors.same();
  }
}
