package io.actormesh.runtime.ingress;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** A service of streams in all directions. */
final class Feed {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("feed", Command.class);

  static final ExposedService<Command> EXPOSED =
      ExposedService.of(
          CONTRACT,
          http ->
              http.get("/feeds/{id}", Watch.class)
                  .sse(Watch.class, event -> event.id("number").event("kind").lastEventId("after"))
                  .post("/talks/{room}", Talk.class)
                  .post("/sums/{name}", Add.class));

  private Feed() {}

  sealed interface Command {}

  record Watch(String id, Optional<Long> after, @Nullable ActorRef<Source<Tick, NotUsed>> replyTo)
      implements Command {}

  record Tick(long number, String text, Optional<String> kind) {
    static Tick of(long number) {
      return new Tick(number, "t" + number, Optional.empty());
    }
  }

  record Add(String name, Source<Item, NotUsed> items, @Nullable ActorRef<Sum> replyTo)
      implements Command {}

  record Item(int value) {}

  record Sum(String name, long sum) {}

  record Talk(
      String room, Source<Item, NotUsed> items, @Nullable ActorRef<Source<Tick, NotUsed>> replyTo)
      implements Command {}

  record Ping(@Nullable ActorRef<Done> replyTo) implements Command {}
}
