package io.actormesh.it;

import io.actormesh.runtime.contract.ServiceContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;

/** A service with an operation of every kind that a page can show. */
final class Exhibits {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("exhibits", Command.class);

  private Exhibits() {}

  sealed interface Command {}

  record Greet(String name, Optional<String> title, ActorRef<Greeting> replyTo)
      implements Command {}

  record Greeting(String text) {}

  record Find(String shelf, List<String> tags, Sort sort, ActorRef<Found> replyTo)
      implements Command {}

  enum Sort {
    NEWEST,
    OLDEST
  }

  record Found(List<Piece> pieces) {}

  record Piece(String name, int year, Optional<Piece> after) {}

  record Refuse(String why, ActorRef<StatusReply<Done>> replyTo) implements Command {}

  record Note(String text) implements Command {}

  /** A stream that goes on until nobody reads it. */
  record Watch(String id, ActorRef<Source<Tick, NotUsed>> replyTo) implements Command {}

  /** A stream that ends. */
  record Count(int last, ActorRef<Source<Tick, NotUsed>> replyTo) implements Command {}

  record Tick(long number, String text) {}

  @Deprecated
  record Old(ActorRef<Greeting> replyTo) implements Command {}

  static Behavior<Command> create() {
    return Behaviors.receive(Command.class)
        .onMessage(Greet.class, m -> told(m.replyTo(), new Greeting("Hello, " + m.name() + "!")))
        .onMessage(Find.class, m -> told(m.replyTo(), found(m)))
        .onMessage(Refuse.class, m -> told(m.replyTo(), StatusReply.error(m.why())))
        .onMessage(Note.class, m -> Behaviors.same())
        .onMessage(Watch.class, m -> told(m.replyTo(), ticks()))
        .onMessage(Count.class, m -> told(m.replyTo(), ticks().take(m.last())))
        .onMessage(Old.class, m -> told(m.replyTo(), new Greeting("Hello.")))
        .build();
  }

  private static <T> Behavior<Command> told(ActorRef<T> to, T reply) {
    to.tell(reply);
    return Behaviors.same();
  }

  private static Found found(Find find) {
    Piece first = new Piece("Urn", -480, Optional.empty());
    return new Found(List.of(new Piece(find.shelf(), 1642, Optional.of(first)), first));
  }

  private static Source<Tick, NotUsed> ticks() {
    return Source.range(1, Integer.MAX_VALUE)
        .throttle(1, Duration.ofMillis(50))
        .map(number -> new Tick(number, "t" + number));
  }
}
