package io.actormesh.benchmarks.streams;

import io.actormesh.benchmarks.calls.Echo;
import io.actormesh.runtime.contract.ServiceContract;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Source;

/** The streaming service of the mesh, and the elements that both contenders stream. */
public final class Drops {

  public static final ServiceContract<Command> CONTRACT =
      ServiceContract.of("drops", Command.class);

  private static final AtomicLong MADE = new AtomicLong();

  private Drops() {}

  public sealed interface Command {}

  /** Drops without end, with a text of that many characters each. */
  public record Flow(int characters, ActorRef<Source<Drop, NotUsed>> replyTo) implements Command {}

  /** Counts what it is sent. */
  public record Take(Source<Drop, NotUsed> drops, ActorRef<Long> replyTo) implements Command {}

  /** What the JVM holds. */
  public record Weigh(ActorRef<Weight> replyTo) implements Command {}

  public record Drop(int number, String text) implements Echo.Wire {}

  /**
   * What a JVM holds.
   *
   * @param made drops made so far
   * @param heapBytes what lives on the heap
   * @param directBytes what the buffers' pool has reserved outside of it
   */
  public record Weight(long made, long heapBytes, long directBytes) {}

  public static Behavior<Command> create() {
    return Behaviors.setup(
        context ->
            Behaviors.receive(Command.class)
                .onMessage(Flow.class, Drops::flow)
                .onMessage(Take.class, take -> take(context, take))
                .onMessage(Weigh.class, Drops::weigh)
                .build());
  }

  static Source<Drop, NotUsed> source(int characters) {
    String text = "x".repeat(characters);
    return Source.repeat(NotUsed.getInstance())
        .map(
            none -> {
              MADE.lazySet(MADE.get() + 1);
              return new Drop(7, text);
            });
  }

  /** What this JVM holds now. */
  static Weight weight() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return new Weight(
        MADE.get(),
        runtime.totalMemory() - runtime.freeMemory(),
        PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
  }

  private static Behavior<Command> flow(Flow flow) {
    flow.replyTo().tell(source(flow.characters()));
    return Behaviors.same();
  }

  private static Behavior<Command> take(ActorContext<Command> context, Take take) {
    var unused =
        take.drops()
            .runFold(0L, (count, drop) -> count + 1, context.getSystem())
            .thenAccept(count -> take.replyTo().tell(count));
    return Behaviors.same();
  }

  private static Behavior<Command> weigh(Weigh weigh) {
    weigh.replyTo().tell(weight());
    return Behaviors.same();
  }
}
