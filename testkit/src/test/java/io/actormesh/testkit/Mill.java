package io.actormesh.testkit;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** Grinds what it is sent when the test lets it, and remembers which node was given what. */
final class Mill {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("mill", Command.class);

  /** What has arrived at which node. */
  static final List<Given> GIVEN = new CopyOnWriteArrayList<>();

  private Mill() {}

  sealed interface Command {}

  /** Twice does no harm. */
  record Grind(String sack, Source<Integer, NotUsed> grains, ActorRef<Integer> replyTo)
      implements Command {}

  /** Twice would. */
  record Sell(String sack, Source<Integer, NotUsed> grains, ActorRef<Integer> replyTo)
      implements Command {}

  /**
   * One call at one node.
   *
   * @param go completed with the number of grains after which to stand still, 0 to read them all
   */
  record Given(String sack, int place, CompletableFuture<Integer> go) {}

  static Behavior<Command> create(int place) {
    return Behaviors.setup(
        context ->
            Behaviors.receive(Command.class)
                .onMessage(
                    Grind.class, m -> read(context, place, m.sack(), m.grains(), m.replyTo()))
                .onMessage(Sell.class, m -> read(context, place, m.sack(), m.grains(), m.replyTo()))
                .build());
  }

  /** Asks for nothing before it may. */
  private static Behavior<Command> read(
      ActorContext<Command> context,
      int place,
      String sack,
      Source<Integer, NotUsed> grains,
      ActorRef<Integer> replyTo) {
    Given given = new Given(sack, place, new CompletableFuture<>());
    CompletionStage<Integer> sum = given.go().thenCompose(most -> sum(context, grains, most));
    sum.thenAccept(replyTo::tell);
    GIVEN.add(given);
    return Behaviors.same();
  }

  private static CompletionStage<Integer> sum(
      ActorContext<Command> context, Source<Integer, NotUsed> grains, int most) {
    Source<Integer, NotUsed> some = most == 0 ? grains : grains.take(most).concat(Source.never());
    return some.runWith(Sink.fold(0, Integer::sum), context.getSystem());
  }
}
