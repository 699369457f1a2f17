package io.actormesh.samples.storefront;

import io.actormesh.runtime.contract.OperationBuilder;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.samples.storefront.OrderLog.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;

/**
 * What happens to orders: written down by whoever does it, and followed live. Every instance can
 * serve every order, because all of them read the same log; a follower whose node dies goes on at
 * another, after the number that it saw last.
 */
public final class Orders {

  public static final ServiceContract<Command> CONTRACT =
      ServiceContract.builder("orders", Command.class)
          .operation(Follow.class, OperationBuilder::idempotent)
          .operation(Report.class, OperationBuilder::idempotent)
          .build();

  public sealed interface Command {}

  /**
   * The statuses of an order from its first, and those to come, until it is over; refused if nobody
   * has heard of the order.
   *
   * @param after the number of the last status that is known already
   */
  public record Follow(
      String id,
      Optional<Integer> after,
      ActorRef<StatusReply<Source<OrderStatus, NotUsed>>> replyTo)
      implements Command {}

  /**
   * Writes down what has happened to an order, once, however often it is told. Checkout begins an
   * order; then the warehouse and the carrier report.
   *
   * @param note what else there is to say about the step
   */
  public record Report(
      String id, Step step, String note, ActorRef<StatusReply<OrderStatus>> replyTo)
      implements Command {}

  /**
   * A status of an order.
   *
   * @param number counts the order's statuses, from 1
   */
  public record OrderStatus(int number, Step step, String note) {}

  /** What can happen to an order. */
  public enum Step {
    RESERVED,
    REFUSED,
    PLACED,
    PACKED,
    SCANNED,
    DELIVERED;

    /** Whether an order begins with it. */
    boolean first() {
      return this == RESERVED || this == REFUSED;
    }

    /** Whether the order is over with it. */
    boolean last() {
      return this == REFUSED || this == DELIVERED;
    }
  }

  /** What the actor is told by itself and by its streams: not part of the contract. */
  private sealed interface Internal extends Command {}

  /** Asks for what is new to a follower, and is answered when there is something. */
  private record Next(String orderId, int after, ActorRef<News> replyTo) implements Internal {}

  private record Look() implements Internal {}

  private record Release() implements Internal {}

  private record News(List<OrderStatus> statuses, boolean over) {}

  /** How far a follower is. */
  private record Place(int number, boolean over) {}

  /** How soon a status is seen that was written by another node. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** How long a follower who has gone is remembered. */
  private static final Duration RELEASE_EVERY = Duration.ofSeconds(5);

  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);

  private final ActorRef<Command> self;
  private final Scheduler scheduler;
  private final OrderLog log;
  private final OrderBook book = new OrderBook();
  private final Map<String, List<Next>> waiting = new HashMap<>();

  private Orders(ActorContext<Command> context, OrderLog log) {
    this.self = context.getSelf();
    this.scheduler = context.getSystem().scheduler();
    this.log = log;
  }

  /** Reads and writes this log, which all instances share. */
  public static Behavior<Command> create(Path log) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Look(), LOOK_EVERY);
                  timers.startTimerWithFixedDelay(new Release(), RELEASE_EVERY);
                  return new Orders(context, new OrderLog(log)).behavior();
                }));
  }

  private Behavior<Command> behavior() {
    return Behaviors.receive(Command.class)
        .onMessage(Follow.class, this::onFollow)
        .onMessage(Report.class, this::onReport)
        .onMessage(Next.class, this::onNext)
        .onMessage(Look.class, look -> onLook())
        .onMessage(Release.class, release -> onRelease())
        .onSignal(PostStop.class, stopped -> onStop())
        .build();
  }

  private Behavior<Command> onFollow(Follow follow) {
    catchUp();
    follow
        .replyTo()
        .tell(
            book.knows(follow.id())
                ? StatusReply.success(statuses(follow.id(), follow.after().orElse(0)))
                : StatusReply.error("there is no order '" + follow.id() + "'"));
    return Behaviors.same();
  }

  /** Asks for more when its reader wants more: a slow one costs a number. */
  private Source<OrderStatus, NotUsed> statuses(String orderId, int after) {
    return Source.unfoldAsync(new Place(after, false), place -> next(orderId, place))
        .mapConcat(statuses -> statuses);
  }

  private CompletionStage<Optional<Pair<Place, List<OrderStatus>>>> next(
      String orderId, Place place) {
    if (place.over()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return AskPattern.<Command, News>ask(
            self, r -> new Next(orderId, place.number(), r), ANSWERED_WITHIN, scheduler)
        .thenApply(
            news ->
                Optional.of(
                    Pair.create(
                        new Place(place.number() + news.statuses().size(), news.over()),
                        news.statuses())));
  }

  private Behavior<Command> onReport(Report report) {
    catchUp();
    Entry entry = new Entry(report.id(), report.step(), report.note());
    if (!book.knows(report.id()) && !report.step().first()) {
      report.replyTo().tell(StatusReply.error("there is no order '" + report.id() + "'"));
      return Behaviors.same();
    }
    if (book.find(entry).isEmpty()) {
      log.append(entry);
      catchUp();
    }
    report
        .replyTo()
        .tell(
            book.find(entry)
                .map(StatusReply::success)
                .orElseGet(() -> StatusReply.error("order '" + report.id() + "' is over")));
    return Behaviors.same();
  }

  private Behavior<Command> onNext(Next next) {
    if (book.isOver(next.orderId()) || !book.after(next.orderId(), next.after()).isEmpty()) {
      answer(next);
    } else {
      waiting.computeIfAbsent(next.orderId(), order -> new ArrayList<>()).add(next);
    }
    return Behaviors.same();
  }

  private Behavior<Command> onLook() {
    catchUp();
    return Behaviors.same();
  }

  /** Whoever is still there asks again. */
  private Behavior<Command> onRelease() {
    waiting.values().forEach(followers -> followers.forEach(this::answer));
    waiting.clear();
    return Behaviors.same();
  }

  private void catchUp() {
    for (Entry entry : log.read()) {
      book.add(entry);
      List<Next> followers = waiting.remove(entry.orderId());
      if (followers != null) {
        followers.forEach(next -> self.tell(next));
      }
    }
  }

  private void answer(Next next) {
    List<OrderStatus> statuses = book.after(next.orderId(), next.after());
    next.replyTo().tell(new News(statuses, book.isOver(next.orderId())));
  }

  private Behavior<Command> onStop() {
    log.close();
    return Behaviors.same();
  }
}
