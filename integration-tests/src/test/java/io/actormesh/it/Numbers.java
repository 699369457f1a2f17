package io.actormesh.it;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Source;

/** Streams numbers, and says what that costs its JVM. */
final class Numbers {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("numbers", Command.class);

  private static final AtomicLong MADE = new AtomicLong();

  private Numbers() {}

  sealed interface Command {}

  /** 1 to {@code last}, each with that many characters beside it; then nothing for ever if told. */
  record Count(long last, int padding, boolean forEver, ActorRef<Source<Counted, NotUsed>> replyTo)
      implements Command {}

  record Counted(long value, String by, String padding) {}

  /** How many numbers have been made so far, and what lives on the heap. */
  record Weigh(ActorRef<Weight> replyTo) implements Command {}

  record Weight(String of, long made, long heapBytes) {}

  static Behavior<Command> create(String by) {
    return Behaviors.receive(Command.class)
        .onMessage(Count.class, count -> count(by, count))
        .onMessage(Weigh.class, weigh -> weigh(by, weigh))
        .build();
  }

  private static Behavior<Command> count(String by, Count count) {
    String padding = "x".repeat(count.padding());
    Source<Counted, NotUsed> numbers =
        Source.range(1, Math.toIntExact(count.last()))
            .map(
                number -> {
                  MADE.incrementAndGet();
                  return new Counted(number, by, padding);
                });
    count.replyTo().tell(count.forEver() ? numbers.concat(Source.never()) : numbers);
    return Behaviors.same();
  }

  private static Behavior<Command> weigh(String of, Weigh weigh) {
    weigh.replyTo().tell(new Weight(of, MADE.get(), heapBytes()));
    return Behaviors.same();
  }

  /** What lives on this JVM's heap. */
  static long heapBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
