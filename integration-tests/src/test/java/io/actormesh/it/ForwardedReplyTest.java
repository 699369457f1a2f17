package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.testkit.EachNode;
import io.actormesh.testkit.MeshCluster;
import io.actormesh.testkit.MeshTest;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A service hands the reply ref to a plain actor on another node, in a plain Pekko message. */
@MeshTest(
    nodes = 3,
    config =
        "pekko.actor.serialization-bindings { "
            + "\"io.actormesh.it.ForwardedReplyTest$Wire\" = jackson-cbor }")
class ForwardedReplyTest {

  /** What goes over Artery. */
  interface Wire {}

  sealed interface Command {}

  record Ask(String text, ActorRef<Answer> replyTo) implements Command {}

  record Answer(String text) implements Wire {}

  private static final ServiceContract<Command> DESK = ServiceContract.of("desk", Command.class);

  interface ClerkMessage {}

  record Handover(String text, ActorRef<Answer> replyTo) implements ClerkMessage, Wire {}

  private record Ended(String text) implements ClerkMessage {}

  private static final AtomicReference<ActorRef<Handover>> CLERK = new AtomicReference<>();
  private static final BlockingQueue<String> ENDED = new ArrayBlockingQueue<>(10);

  @EachNode
  static void node(MeshNodeBuilder node, int place) {
    if (place == 0) {
      node.host(DESK, ForwardedReplyTest::desk);
    }
  }

  private static Behavior<Command> desk() {
    return Behaviors.receive(Command.class)
        .onMessage(
            Ask.class,
            ask -> {
              CLERK.get().tell(new Handover(ask.text(), ask.replyTo()));
              return Behaviors.same();
            })
        .build();
  }

  /** Watches each reply ref, and answers all but those that ask for silence. */
  private static Behavior<ClerkMessage> clerk() {
    return Behaviors.setup(
        context ->
            Behaviors.receive(ClerkMessage.class)
                .onMessage(
                    Handover.class,
                    handover -> {
                      context.watchWith(handover.replyTo(), new Ended(handover.text()));
                      if (!handover.text().equals("silence")) {
                        handover.replyTo().tell(new Answer("clerk: " + handover.text()));
                      }
                      return Behaviors.same();
                    })
                .onMessage(
                    Ended.class,
                    ended -> {
                      ENDED.add(ended.text());
                      return Behaviors.same();
                    })
                .build());
  }

  /** The clerk works on the second node, and the desk on the first one knows it by its address. */
  @BeforeAll
  static void employ(MeshCluster mesh) {
    MeshNode far = mesh.node(1);
    ActorRef<ClerkMessage> clerk = far.system().systemActorOf(clerk(), "clerk", Props.empty());
    String address = ActorRefResolver.get(far.system()).toSerializationFormat(clerk);
    CLERK.set(ActorRefResolver.get(mesh.node(0).system()).resolveActorRef(address));
  }

  @Test
  void theOtherActorAnswersTheCallAndItsWatchEnds(MeshCluster mesh) throws Exception {
    Answer answer =
        mesh.node(2).client(DESK).<Answer>ask(r -> new Ask("hello", r)).get(10, SECONDS);

    assertThat(answer.text()).isEqualTo("clerk: hello");
    assertThat(ENDED.poll(10, SECONDS)).isEqualTo("hello");
  }

  @Test
  void aCallThatNobodyAnswersEndsTheWatchAtItsDeadline(MeshCluster mesh) throws Exception {
    var call =
        mesh.node(2)
            .client(DESK)
            .withDeadline(Duration.ofMillis(500))
            .<Answer>ask(r -> new Ask("silence", r));

    assertThatThrownBy(() -> call.get(10, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("MESH-DEADLINE");
    assertThat(ENDED.poll(10, SECONDS)).isEqualTo("silence");
  }
}
