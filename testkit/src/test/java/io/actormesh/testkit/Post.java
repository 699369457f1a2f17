package io.actormesh.testkit;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A service that is manned or is not. */
final class Post {

  static final ServiceContract<Ask> CONTRACT = ServiceContract.builder("post", Ask.class).build();

  /** How many instances live in this JVM. */
  static final AtomicInteger MANNED = new AtomicInteger();

  sealed interface Ask {}

  record Halt(ActorRef<String> replyTo) implements Ask {}

  private Post() {}

  static Behavior<Ask> create() {
    MANNED.incrementAndGet();
    return Behaviors.receive(Ask.class)
        .onMessage(
            Halt.class,
            halt -> {
              halt.replyTo().tell("who goes there");
              return Behaviors.same();
            })
        .onSignal(
            PostStop.class,
            stop -> {
              MANNED.decrementAndGet();
              return Behaviors.same();
            })
        .build();
  }
}
