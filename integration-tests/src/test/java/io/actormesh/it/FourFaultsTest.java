package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.NoRoute;
import io.actormesh.runtime.failure.NotSerializable;
import io.actormesh.runtime.failure.Started;
import io.actormesh.runtime.failure.TooLarge;
import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.testkit.EachNode;
import io.actormesh.testkit.MeshCluster;
import io.actormesh.testkit.MeshTest;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** Four faults that plain Pekko tells by one and the same time-out. */
@SuppressWarnings("SameNameButDifferent") // two versions
@MeshTest(nodes = 2)
class FourFaultsTest {

  /** What the serving node makes of the messages. */
  interface Theirs {
    sealed interface Command {}

    record Order(int pieces, List<String> notes, ActorRef<Ordered> replyTo) implements Command {
      public Order {
        if (pieces < 1) {
          throw new IllegalArgumentException("pieces: " + pieces + " (expected: 1 or more)");
        }
      }
    }

    record Ordered(int pieces) {}
  }

  /** The caller's version, which lets more pass. */
  interface Ours {
    sealed interface Command {}

    record Order(int pieces, List<String> notes, ActorRef<Ordered> replyTo) implements Command {}

    record Ordered(int pieces) {}
  }

  private static final ServiceContract<Theirs.Command> THEIRS =
      ServiceContract.of("orders", Theirs.Command.class);
  private static final ServiceContract<Ours.Command> OURS =
      ServiceContract.of("orders", Ours.Command.class);
  private static final ServiceContract<Ours.Command> NOBODYS =
      ServiceContract.of("nobody", Ours.Command.class);

  @EachNode
  static void node(MeshNodeBuilder node, int place) {
    if (place == 1) {
      node.host(THEIRS, FourFaultsTest::behavior);
    }
  }

  private static Behavior<Theirs.Command> behavior() {
    return Behaviors.receive(Theirs.Command.class)
        .onMessage(
            Theirs.Order.class,
            order -> {
              order.replyTo().tell(new Theirs.Ordered(order.pieces()));
              return Behaviors.same();
            })
        .build();
  }

  private static CompletableFuture<Ours.Ordered> order(
      MeshCluster mesh, ServiceContract<Ours.Command> contract, int pieces, List<String> notes) {
    return mesh.node(0).client(contract).<Ours.Ordered>ask(r -> new Ours.Order(pieces, notes, r));
  }

  @Test
  void aReceiverThatCannotDecode(MeshCluster mesh) throws Exception {
    MeshFailure failure = failure("receiver cannot decode", () -> order(mesh, OURS, 0, List.of()));
    assertThat(failure).isInstanceOf(NotSerializable.class).hasMessageContaining("pieces");
    assertThat(failure.code().code()).isEqualTo("MESH-NOT-READABLE");
    assertThat(failure.started()).isEqualTo(Started.NO);
    fine(mesh);
  }

  @Test
  void aSenderThatCannotEncode(MeshCluster mesh) throws Exception {
    List<String> broken =
        new AbstractList<>() {
          @Override
          public String get(int index) {
            throw new IllegalStateException("torn page");
          }

          @Override
          public int size() {
            return 1;
          }
        };
    MeshFailure failure = failure("sender cannot encode", () -> order(mesh, OURS, 1, broken));
    assertThat(failure).isInstanceOf(NotSerializable.class).hasMessageContaining("notes");
    assertThat(failure.code().code()).isEqualTo("MESH-NOT-SERIALIZABLE");
    assertThat(failure.started()).isEqualTo(Started.NO);
    fine(mesh);
  }

  @Test
  void aMessageThatIsTooLarge(MeshCluster mesh) throws Exception {
    List<String> notes = List.of("x".repeat(5 << 20));
    MeshFailure failure = failure("message too large", () -> order(mesh, OURS, 1, notes));
    assertThat(failure).isInstanceOf(TooLarge.class).hasMessageContaining("max-payload");
    assertThat(failure.started()).isEqualTo(Started.NO);
    fine(mesh);
  }

  @Test
  void aServiceThatNobodyHosts(MeshCluster mesh) throws Exception {
    MeshFailure failure =
        failure("router without routees", () -> order(mesh, NOBODYS, 1, List.of()));
    assertThat(failure).isInstanceOf(NoRoute.class);
    assertThat(failure.code().code()).isEqualTo("MESH-NO-ROUTE");
    assertThat(failure.started()).isEqualTo(Started.NO);
    fine(mesh);
  }

  /** A fault harms nobody else. */
  private static void fine(MeshCluster mesh) throws Exception {
    assertThat(order(mesh, OURS, 3, List.of("a")).get(10, SECONDS).pieces()).isEqualTo(3);
  }

  /** Fails the same way each time; the last time is the one of a warm system. */
  private static MeshFailure failure(String what, Supplier<CompletableFuture<?>> call)
      throws Exception {
    MeshFailure first = null;
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      MeshFailure failure = failure(call.get());
      long micros = (System.nanoTime() - start) / 1_000;
      assertThat(micros).isLessThan(5_000_000);
      if (first == null || i == 19) {
        System.out.println(
            "FIGURES " + what + ": " + failure.code().code() + " after " + micros + " us");
      }
      assertThat(first == null ? failure.code() : first.code()).isEqualTo(failure.code());
      first = failure;
    }
    return first;
  }

  private static MeshFailure failure(CompletableFuture<?> call) throws Exception {
    try {
      Object reply = call.get(10, SECONDS);
      throw new AssertionError("succeeded with " + reply);
    } catch (ExecutionException failed) {
      return (MeshFailure) failed.getCause();
    }
  }
}
