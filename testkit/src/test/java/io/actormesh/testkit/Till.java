package io.actormesh.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Of this there must be one. Remembers who lived when. */
final class Till {

  static final ServiceContract<Command> CONTRACT =
      ServiceContract.builder("till", Command.class).build();

  sealed interface Command {}

  record Pay(int amount, ActorRef<Total> replyTo) implements Command {}

  record Total(int sum, int place, int incarnation) {}

  private static final AtomicInteger INCARNATIONS = new AtomicInteger();

  /** Who lives, in the order of their births; a second one is noted as a clash. */
  private static final List<Integer> ALIVE = new CopyOnWriteArrayList<>();

  private static final List<String> CLASHES = new CopyOnWriteArrayList<>();

  private Till() {}

  static Behavior<Command> create(int place) {
    int incarnation = INCARNATIONS.incrementAndGet();
    born(incarnation);
    return serving(place, incarnation, 0);
  }

  private static Behavior<Command> serving(int place, int incarnation, int sum) {
    return Behaviors.receive(Command.class)
        .onMessage(
            Pay.class,
            pay -> {
              int total = sum + pay.amount();
              pay.replyTo().tell(new Total(total, place, incarnation));
              return serving(place, incarnation, total);
            })
        .onSignal(
            PostStop.class,
            stop -> {
              ALIVE.remove((Integer) incarnation);
              return Behaviors.same();
            })
        .build();
  }

  private static synchronized void born(int incarnation) {
    if (!ALIVE.isEmpty()) {
      CLASHES.add(incarnation + " began while " + new ArrayList<>(ALIVE) + " lived");
    }
    ALIVE.add(incarnation);
  }

  /** Its node was killed: nobody was told that it ended. */
  static void crashed(int incarnation) {
    ALIVE.remove((Integer) incarnation);
  }

  static void assertNeverTwo() {
    assertThat(CLASHES).isEmpty();
  }
}
