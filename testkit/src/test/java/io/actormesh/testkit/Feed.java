package io.actormesh.testkit;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** A service that streams in both directions. */
final class Feed {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("feed", Command.class);

  /** How many elements its sources were asked for, and how many of them have ended. */
  static final AtomicLong MADE = new AtomicLong();

  static final AtomicInteger ENDED = new AtomicInteger();

  private Feed() {}

  sealed interface Command {}

  /** All numbers from 1 to {@code last}. */
  record Count(int last, ActorRef<Source<Item, NotUsed>> replyTo) implements Command {}

  /** Numbers without end; an error if the topic is empty. */
  record Watch(String topic, ActorRef<StatusReply<Source<Item, NotUsed>>> replyTo)
      implements Command {}

  /** One element, and nothing more for ever. */
  record Quiet(ActorRef<Source<Item, NotUsed>> replyTo) implements Command {}

  /** Fails after a few elements. */
  record Break(int after, ActorRef<Source<Item, NotUsed>> replyTo) implements Command {}

  /** The sum of what the caller sends. */
  record Sum(Source<Item, NotUsed> items, ActorRef<StatusReply<Long>> replyTo) implements Command {}

  /** Each element as it comes. */
  record Echo(Source<Item, NotUsed> items, ActorRef<Source<Item, NotUsed>> replyTo)
      implements Command {}

  /** Takes no element at all. */
  record Ignore(Source<Item, NotUsed> items, ActorRef<String> replyTo) implements Command {}

  record Item(long number) {}

  static Behavior<Command> create() {
    return Behaviors.setup(
        context ->
            Behaviors.receive(Command.class)
                .onMessage(Count.class, Feed::count)
                .onMessage(Watch.class, Feed::watch)
                .onMessage(Quiet.class, Feed::quiet)
                .onMessage(Break.class, Feed::fail)
                .onMessage(Sum.class, sum -> sum(context, sum))
                .onMessage(Echo.class, Feed::echo)
                .onMessage(Ignore.class, Feed::ignore)
                .build());
  }

  private static Behavior<Command> count(Count count) {
    count.replyTo().tell(Source.range(1, count.last()).map(Item::new));
    return Behaviors.same();
  }

  private static Behavior<Command> watch(Watch watch) {
    watch
        .replyTo()
        .tell(
            watch.topic().isEmpty()
                ? StatusReply.error("which topic?")
                : StatusReply.success(numbers()));
    return Behaviors.same();
  }

  private static Source<Item, NotUsed> numbers() {
    return Source.fromIterator(() -> java.util.stream.LongStream.iterate(1, i -> i + 1).iterator())
        .map(
            number -> {
              MADE.incrementAndGet();
              return new Item(number);
            })
        .watchTermination(
            (none, end) -> {
              end.whenComplete((done, failure) -> ENDED.incrementAndGet());
              return none;
            });
  }

  private static Behavior<Command> quiet(Quiet quiet) {
    quiet.replyTo().tell(Source.single(new Item(1)).concat(Source.never()));
    return Behaviors.same();
  }

  private static Behavior<Command> fail(Break broken) {
    quietly(broken);
    return Behaviors.same();
  }

  private static void quietly(Break broken) {
    broken
        .replyTo()
        .tell(
            Source.range(1, broken.after() + 1)
                .map(
                    number -> {
                      if (number > broken.after()) {
                        throw new IllegalStateException("the well is dry");
                      }
                      return new Item(number);
                    }));
  }

  private static Behavior<Command> sum(ActorContext<Command> context, Sum sum) {
    sum.items()
        .map(Item::number)
        .toMat(Sink.fold(0L, Long::sum), Keep.right())
        .run(context.getSystem())
        .whenComplete(
            (total, failure) ->
                sum.replyTo()
                    .tell(
                        failure == null
                            ? StatusReply.success(total)
                            : StatusReply.error(failure.getMessage())));
    return Behaviors.same();
  }

  private static Behavior<Command> echo(Echo echo) {
    echo.replyTo().tell(echo.items());
    return Behaviors.same();
  }

  private static Behavior<Command> ignore(Ignore ignore) {
    ignore.replyTo().tell("no, thank you");
    return Behaviors.same();
  }
}
