package io.actormesh.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.host.HostedServiceStatus.Lifecycle;
import io.actormesh.runtime.host.Probe.Command;
import io.actormesh.runtime.host.Probe.Note;
import io.actormesh.runtime.host.Probe.Say;
import io.actormesh.runtime.host.Probe.Tick;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceLifeTest {

  private final HostFixture mesh = new HostFixture();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<ActorRef<String>> held = new CopyOnWriteArrayList<>();
  private final AtomicInteger born = new AtomicInteger();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    mesh.close();
  }

  private Behavior<Command> service() {
    return Behaviors.setup(
        context -> {
          born.incrementAndGet();
          return Behaviors.receive(Command.class)
              .onMessage(Say.class, say -> onSay(context.getSelf(), say))
              .onMessage(Note.class, note -> onNote(note))
              .onMessage(
                  Tick.class,
                  tick -> {
                    throw new IllegalStateException("own message");
                  })
              .onSignal(
                  PostStop.class,
                  stop -> {
                    seen.add("post stop");
                    held.forEach(ref -> ref.tell("last words"));
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private Behavior<Command> onSay(ActorRef<Command> self, Say say) throws InterruptedException {
    seen.add(say.text());
    switch (say.text()) {
      case "hold" -> held.add(say.replyTo());
      case "unheld" -> {}
      case "throw" -> throw new IllegalStateException("on purpose");
      case "throw later" -> self.tell(new Tick(""));
      case "stop" -> {
        return Behaviors.stopped();
      }
      case "block" -> gate.await();
      case "block and throw" -> {
        gate.await();
        throw new IllegalStateException("after the gate");
      }
      default -> say.replyTo().tell(say.text());
    }
    return Behaviors.same();
  }

  private Behavior<Command> onNote(Note note) {
    seen.add("note " + note.text());
    if (note.text().equals("throw")) {
      throw new IllegalStateException("on a note");
    }
    return Behaviors.same();
  }

  private String refusalOf(FakeCall call) {
    return ((Refusal) call.await().value()).detail();
  }

  @Test
  void aThrownExceptionFailsWhatWasStartedAndAnotherInstanceTakesItsPlace() {
    mesh.serve(this::service);
    FakeCall held1 = mesh.call(mesh.say("unheld"));
    await().until(() -> seen.contains("unheld"));
    FakeCall thrower = mesh.call(mesh.say("throw"));
    assertThat(held1.awaitRefusal()).isEqualTo(RefusalReason.FAILED);
    assertThat(thrower.awaitRefusal()).isEqualTo(RefusalReason.FAILED);
    assertThat(refusalOf(thrower)).isEqualTo("java.lang.IllegalStateException: on purpose");
    awaitReady(2);
    assertThat(mesh.call(mesh.say("again")).awaitReply()).isEqualTo("again");
    assertThat(mesh.status().restarts()).isEqualTo(1);
    assertThat(mesh.counters.replaced).hasValue(1);
    assertThat(mesh.changes)
        .extracting(InstanceChange::state)
        .containsExactly(
            InstanceChange.State.READY, InstanceChange.State.GONE, InstanceChange.State.READY);
  }

  private void awaitReady(int times) {
    await().until(() -> born.get() == times && mesh.status().lifecycle() == Lifecycle.READY);
  }

  @Test
  void aThrowOutsideOfACallFailsWhatWasStartedToo() {
    mesh.serve(this::service);
    FakeCall call = mesh.call(mesh.say("throw later"));
    assertThat(call.awaitRefusal()).isEqualTo(RefusalReason.FAILED);
    assertThat(refusalOf(call)).isEqualTo("java.lang.IllegalStateException: own message");
    awaitReady(2);
  }

  @Test
  void anInstanceThatStopsItselfFailsWhatItLeavesUnanswered() {
    mesh.serve(this::service);
    FakeCall answeredInPostStop = mesh.call(mesh.say("hold"));
    FakeCall call = mesh.call(mesh.say("stop"));
    assertThat(call.awaitRefusal()).isEqualTo(RefusalReason.STOPPED);
    assertThat(answeredInPostStop.awaitReply()).isEqualTo("last words");
    awaitReady(2);
    assertThat(mesh.call(mesh.say("again")).awaitReply()).isEqualTo("again");
  }

  @Test
  void whileAnInstanceIsReplacedCallsGoElsewhereAndAcceptedOnesStay() {
    mesh.with(new HostFixture.Policy().backoff(Duration.ofMillis(500), Duration.ofMillis(500)))
        .serve(this::service);
    FakeCall thrower = mesh.call(mesh.say("block and throw"));
    await().until(() -> seen.contains("block and throw"));
    FakeCall waiting = mesh.call(mesh.say("waiting"));
    FakeCall note = mesh.call(mesh.note("accepted"));
    assertThat(note.await().kind()).isEqualTo("accepted");
    gate.countDown();
    assertThat(thrower.awaitRefusal()).isEqualTo(RefusalReason.FAILED);
    assertThat(waiting.awaitRefusal()).isEqualTo(RefusalReason.INSTANCE_GONE);
    assertThat(waiting.payload.refCnt()).isZero();
    FakeCall meanwhile = mesh.call(mesh.say("meanwhile"));
    assertThat(meanwhile.awaitRefusal()).isEqualTo(RefusalReason.INSTANCE_GONE);
    assertThat(mesh.call(mesh.say("chosen").at(0)).awaitRefusal())
        .isEqualTo(RefusalReason.INSTANCE_GONE);
    await().until(() -> seen.contains("note accepted"));
    assertThat(mesh.call(mesh.say("again")).awaitReply()).isEqualTo("again");
    assertThat(seen).doesNotContain("waiting", "meanwhile", "chosen");
  }

  @Test
  void aOneWayCallThatThrowsIsNotRunAgain() {
    mesh.serve(this::service);
    assertThat(mesh.call(mesh.note("throw")).await().kind()).isEqualTo("accepted");
    awaitReady(2);
    assertThat(mesh.call(mesh.say("again")).awaitReply()).isEqualTo("again");
    assertThat(seen).containsOnlyOnce("note throw");
  }

  @Test
  void theOtherInstancesServeOn() {
    mesh.with(
            new HostFixture.Policy()
                .instances(2)
                .backoff(Duration.ofSeconds(30), Duration.ofSeconds(30)))
        .serve(this::service);
    assertThat(mesh.call(mesh.say("throw").at(0)).awaitRefusal()).isEqualTo(RefusalReason.FAILED);
    await().until(() -> mesh.status().lifecycle() == Lifecycle.REPLACING);
    for (int i = 0; i < 5; i++) {
      assertThat(mesh.call(mesh.say("on")).awaitReply()).isEqualTo("on");
    }
  }

  @Test
  void aServiceWhoseInstanceCannotStartIsNotHosted() {
    Supplier<Behavior<Command>> broken =
        () -> {
          throw new IllegalStateException("no database");
        };
    assertThatThrownBy(() -> mesh.host.host(Probe.CONTRACT, broken).toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(HostException.class)
        .hasMessageContaining("probe")
        .hasMessageContaining("no database");
    assertThat(mesh.call(mesh.say("x")).awaitRefusal()).isEqualTo(RefusalReason.UNKNOWN_SERVICE);
    mesh.serve(this::service);
    assertThat(mesh.call(mesh.say("x")).awaitReply()).isEqualTo("x");
  }

  @Test
  void aFactoryThatFailsLaterIsTriedAgain() {
    mesh.serve(
        () -> {
          if (born.get() == 1 && seen.size() < 3) {
            seen.add("failed");
            throw new IllegalStateException("not yet");
          }
          return service();
        });
    mesh.call(mesh.say("throw")).awaitRefusal();
    awaitReady(2);
    assertThat(mesh.status().restarts()).isGreaterThanOrEqualTo(2);
    assertThat(mesh.call(mesh.say("again")).awaitReply()).isEqualTo("again");
  }

  @Test
  void aServiceIsHostedOnce() {
    mesh.serve(this::service);
    assertThatThrownBy(
            () -> mesh.host.host(Probe.CONTRACT, this::service).toCompletableFuture().join())
        .hasMessageContaining("hosted on this node already");
  }

  @Test
  void withdrawingHandsBackWhatWaitsAndLetsTheRestFinish() {
    mesh.serve(this::service);
    FakeCall started = mesh.call(mesh.say("hold"));
    FakeCall blocked = mesh.call(mesh.say("block"));
    await().until(() -> seen.contains("block"));
    FakeCall waiting = mesh.call(mesh.say("waiting"));
    FakeCall note = mesh.call(mesh.note("accepted"));
    var withdrawn = mesh.host.withdraw("probe", Duration.ofSeconds(20)).toCompletableFuture();
    assertThat(waiting.awaitRefusal()).isEqualTo(RefusalReason.DRAINING);
    assertThat(waiting.payload.refCnt()).isZero();
    assertThat(mesh.call(mesh.say("new")).awaitRefusal()).isEqualTo(RefusalReason.DRAINING);
    assertThat(mesh.call(mesh.note("new")).awaitRefusal()).isEqualTo(RefusalReason.DRAINING);
    assertThat(note.await().kind()).isEqualTo("accepted");
    gate.countDown();
    await().until(() -> seen.contains("note accepted"));
    assertThat(withdrawn).isNotDone();
    assertThat(seen).doesNotContain("post stop");
    held.get(0).tell("finished");
    assertThat(started.awaitReply()).isEqualTo("finished");
    blocked.recall();
    assertThat(withdrawn).isNotDone();
  }

  @Test
  void aWithdrawnServiceIsGoneAndMayBeHostedAgain() {
    mesh.serve(this::service);
    mesh.host.withdraw("probe", Duration.ofSeconds(20)).toCompletableFuture().join();
    assertThat(seen).containsExactly("post stop");
    assertThat(mesh.host.status()).isEmpty();
    assertThat(mesh.call(mesh.say("x")).awaitRefusal()).isEqualTo(RefusalReason.UNKNOWN_SERVICE);
    assertThat(mesh.changes)
        .extracting(InstanceChange::state)
        .containsExactly(
            InstanceChange.State.READY, InstanceChange.State.DRAINING, InstanceChange.State.GONE);
    mesh.serve(this::service);
    assertThat(mesh.call(mesh.say("x")).awaitReply()).isEqualTo("x");
    mesh.host.withdraw("unknown", Duration.ofSeconds(20)).toCompletableFuture().join();
  }

  @Test
  void whenPatienceEndsWhatIsStartedEndsAsStopped() {
    mesh.serve(this::service);
    FakeCall call = mesh.call(mesh.say("unheld"));
    await().until(() -> seen.contains("unheld"));
    mesh.host.drain(Duration.ofMillis(50)).toCompletableFuture().join();
    assertThat(call.awaitRefusal()).isEqualTo(RefusalReason.STOPPED);
    assertThat(mesh.call(mesh.say("x")).awaitRefusal()).isEqualTo(RefusalReason.DRAINING);
    FakeCall other = mesh.call(FakeCall.remote(HostFixture.key("note"), HostFixture.bytes("x")));
    assertThat(other.awaitRefusal()).isEqualTo(RefusalReason.DRAINING);
    assertThat(other.payload.refCnt()).isZero();
  }

  @Test
  void aSystemThatTerminatesEndsEveryCall() {
    mesh.with(new HostFixture.Policy().inFlight(1)).serve(this::service);
    FakeCall started = mesh.call(mesh.say("unheld"));
    await().until(() -> seen.contains("unheld"));
    FakeCall waiting = mesh.call(mesh.say("waiting"));
    FakeCall note = mesh.call(mesh.note("accepted"));
    mesh.kit.shutdownTestKit();
    assertThat(started.awaitRefusal()).isEqualTo(RefusalReason.STOPPED);
    assertThat(waiting.awaitRefusal()).isEqualTo(RefusalReason.DRAINING);
    assertThat(note.payload.refCnt()).isZero();
    assertThat(mesh.counters.abandoned).hasValue(1);
  }
}
