package io.actormesh.runtime.admin;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Answers other nodes what this one has counted, and asks them in turn. One runs on each node,
 * under the same path.
 */
public final class TelemetryCollector extends AbstractBehavior<TelemetryCollector.Command> {

  private static final String NAME = "actormesh-telemetry";

  /** Apart from the application's threads: figures are wanted most when those are all busy. */
  private static final DispatcherSelector DISPATCHER = DispatcherSelector.blocking();

  private final TimerScheduler<Command> timers;
  private final Supplier<NodeFigures> own;
  private final Supplier<List<PeerNode>> peers;
  private final String pathPrefix;
  private final Map<Long, Gathering> gatherings = new HashMap<>();
  private long asked;

  /** What the collector is told. */
  public sealed interface Command permits Request, TimedOut, FiguresMessage {}

  private record Request(Duration timeout, CompletableFuture<CollectedFigures> answer)
      implements Command {}

  private record TimedOut(long collection) implements Command {}

  private TelemetryCollector(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Supplier<NodeFigures> own,
      Supplier<List<PeerNode>> peers) {
    super(context);
    this.timers = timers;
    this.own = own;
    this.peers = peers;
    Address self = Cluster.get(context.getSystem()).selfMember().address();
    this.pathPrefix = self.protocol() + "://" + self.system() + "@";
  }

  /**
   * Starts the collector of this node; once per actor system.
   *
   * @param own what this node has counted, read on the collector's thread
   * @param peers the other members of the mesh at this moment, read likewise
   * @return how to ask all of them; the futures complete on the collector's thread, so continue
   *     elsewhere
   */
  public static PeerFigures start(
      ActorSystem<?> system, Supplier<NodeFigures> own, Supplier<List<PeerNode>> peers) {
    Behavior<Command> behavior =
        Behaviors.supervise(create(own, peers)).onFailure(SupervisorStrategy.resume());
    ActorRef<Command> collector = system.systemActorOf(behavior, NAME, DISPATCHER);
    return timeout -> {
      CompletableFuture<CollectedFigures> answer = new CompletableFuture<>();
      collector.tell(new Request(timeout, answer));
      return answer;
    };
  }

  private static Behavior<Command> create(
      Supplier<NodeFigures> own, Supplier<List<PeerNode>> peers) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new TelemetryCollector(context, timers, own, peers)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Request.class, this::onRequest)
        .onMessage(FiguresMessage.Ask.class, this::onAsk)
        .onMessage(FiguresMessage.Part.class, this::onPart)
        .onMessage(TimedOut.class, timedOut -> finished(timedOut.collection()))
        .build();
  }

  private Behavior<Command> onRequest(Request request) {
    long collection = ++asked;
    try {
      Gathering gathering = new Gathering(own.get(), peers.get(), request.answer());
      gatherings.put(collection, gathering);
      gathering.waiting().forEach(peer -> ask(collection, peer));
      timers.startSingleTimer(collection, new TimedOut(collection), request.timeout());
      return gathering.isComplete() ? finished(collection) : this;
    } catch (RuntimeException e) {
      request.answer().completeExceptionally(e);
      throw e;
    }
  }

  private Behavior<Command> onAsk(FiguresMessage.Ask ask) {
    FiguresMessage.Part.split(ask, own.get()).forEach(ask.replyTo()::tell);
    return this;
  }

  private Behavior<Command> onPart(FiguresMessage.Part part) {
    Gathering gathering = gatherings.get(part.collection());
    if (gathering == null) {
      return this;
    }
    gathering.add(part);
    return gathering.isComplete() ? finished(part.collection()) : this;
  }

  private Behavior<Command> finished(long collection) {
    timers.cancel(collection);
    Gathering gathering = gatherings.remove(collection);
    if (gathering != null) {
      gathering.finish();
    }
    return this;
  }

  private void ask(long collection, PeerNode peer) {
    String path = pathPrefix + peer.address() + "/system/" + NAME;
    ActorRef<Command> ref = ActorRefResolver.get(getContext().getSystem()).resolveActorRef(path);
    ref.tell(new FiguresMessage.Ask(collection, peer.address(), getContext().getSelf()));
  }
}
