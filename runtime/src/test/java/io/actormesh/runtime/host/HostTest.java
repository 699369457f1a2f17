package io.actormesh.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.host.Probe.Check;
import io.actormesh.runtime.host.Probe.Command;
import io.actormesh.runtime.host.Probe.Note;
import io.actormesh.runtime.host.Probe.Say;
import io.actormesh.runtime.link.OperationKey;
import io.actormesh.runtime.link.RefusalReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostTest {

  private final HostFixture mesh = new HostFixture();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<ActorRef<String>> held = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    mesh.close();
  }

  /** Echoes; keeps what says "hold"; waits for the gate at "block". */
  private Behavior<Command> echo() {
    return Behaviors.receive(Command.class)
        .onMessage(Say.class, this::onSay)
        .onMessage(Check.class, this::onCheck)
        .onMessage(Note.class, this::onNote)
        .build();
  }

  private Behavior<Command> onSay(Say say) throws InterruptedException {
    seen.add(say.text());
    switch (say.text()) {
      case "hold" -> held.add(say.replyTo());
      case "block" -> {
        gate.await();
        say.replyTo().tell("unblocked");
      }
      case "twice" -> {
        say.replyTo().tell("first");
        say.replyTo().tell("second");
      }
      case "unhandled" -> {
        return Behaviors.unhandled();
      }
      case "long" -> say.replyTo().tell("x".repeat(100_000));
      default -> say.replyTo().tell(say.text());
    }
    return Behaviors.same();
  }

  private Behavior<Command> onCheck(Check check) {
    check
        .replyTo()
        .tell(
            check.text().equals("bad")
                ? StatusReply.error("no such thing")
                : StatusReply.success(check.text()));
    return Behaviors.same();
  }

  private Behavior<Command> onNote(Note note) throws InterruptedException {
    if (note.text().equals("block")) {
      gate.await();
    }
    seen.add("note " + note.text());
    return note.text().equals("unhandled") ? Behaviors.unhandled() : Behaviors.same();
  }

  @Test
  void aRemoteCallIsAnsweredAndItsPayloadReleased() {
    mesh.serve(this::echo);
    FakeCall call = mesh.call(mesh.say("hello"));
    assertThat(call.awaitReply()).isEqualTo("hello");
    assertThat(call.payload.refCnt()).isZero();
    await().untilAsserted(() -> assertThat(mesh.counters.answered).hasValue(1));
  }

  @Test
  void theEndOfACallSaysHowLongItWaitedAndRan() {
    mesh.serve(this::echo);
    FakeCall running = mesh.call(mesh.say("block"));
    FakeCall waiting = mesh.call(mesh.say("waiting"));
    await().until(() -> seen.contains("block"));
    await().until(() -> System.nanoTime() - waiting.arrivedNanos > 2_000_000);
    gate.countDown();
    assertThat(running.awaitReply()).isEqualTo("unblocked");
    assertThat(waiting.awaitReply()).isEqualTo("waiting");
    assertThat(running.servedMicros()).isPositive();
    assertThat(waiting.queuedMicros()).isGreaterThanOrEqualTo(2000);
    FakeCall unhandled = mesh.call(mesh.say("unhandled"));
    assertThat(unhandled.awaitRefusal()).isEqualTo(RefusalReason.UNHANDLED);
    assertThat(unhandled.servedMicros() + unhandled.queuedMicros()).isPositive();
  }

  @Test
  void aLocalCallPassesTheMessageItselfWithAnotherReplyRef() {
    mesh.serve(this::echo);
    var deadLetters = mesh.kit.system().<String>deadLetters();
    FakeCall call = mesh.call(FakeCall.local(HostFixture.key("say"), new Say("here", deadLetters)));
    assertThat(call.awaitReply()).isEqualTo("here");
  }

  @Test
  void aStatusReplyIsAValueOrTheTextOfAnError() {
    mesh.serve(this::echo);
    assertThat(mesh.call(mesh.check("fine")).awaitReply()).isEqualTo("fine");
    FakeCall.End bad = mesh.call(mesh.check("bad")).await();
    assertThat(bad.kind()).isEqualTo("error");
    assertThat(bad.value()).isEqualTo("no such thing");
    var ignored = mesh.kit.system().<StatusReply<String>>deadLetters();
    FakeCall local = FakeCall.local(HostFixture.key("check"), new Check("bad", ignored));
    assertThat(mesh.call(local).await().value()).isEqualTo("no such thing");
  }

  @Test
  void aOneWayCallIsAcceptedWhenQueuedAndRunLater() {
    mesh.serve(this::echo);
    mesh.call(mesh.say("block"));
    FakeCall note = mesh.call(mesh.note("later").within(Duration.ofMillis(30)));
    assertThat(note.await().kind()).isEqualTo("accepted");
    await().until(() -> System.nanoTime() - note.deadlineNanos > 20_000_000);
    gate.countDown();
    // accepted is accepted: its deadline counted until then
    await().until(() -> seen.contains("note later"));
    assertThat(note.payload.refCnt()).isZero();
  }

  @Test
  void unhandledFailsTheCallAtOnce() {
    mesh.serve(this::echo);
    FakeCall call = mesh.call(mesh.say("unhandled"));
    assertThat(call.awaitRefusal()).isEqualTo(RefusalReason.UNHANDLED);
    await().until(() -> mesh.status().started() == 0);
    mesh.call(mesh.note("unhandled"));
    await().until(() -> mesh.counters.ended.size() == 2);
  }

  @Test
  void aSecondReplyIsIgnoredAndCounted() {
    mesh.serve(this::echo);
    FakeCall call = mesh.call(mesh.say("twice"));
    assertThat(call.awaitReply()).isEqualTo("first");
    await().untilAsserted(() -> assertThat(mesh.counters.second).hasValue(1));
    assertThat(call.ends).hasValue(1);
  }

  @Test
  void aHandlerThatNeverRepliesFreesItsSlotAtTheDeadline() {
    mesh.with(new HostFixture.Policy().inFlight(1)).serve(this::echo);
    FakeCall stuck = mesh.call(mesh.say("hold").within(Duration.ofMillis(100)));
    FakeCall next = mesh.call(mesh.say("next"));
    assertThat(stuck.awaitRefusal()).isEqualTo(RefusalReason.UNANSWERED);
    assertThat(next.awaitReply()).isEqualTo("next");
    await().untilAsserted(() -> assertThat(mesh.status().unanswered()).isEqualTo(1));
    held.get(0).tell("too late");
    await().untilAsserted(() -> assertThat(mesh.counters.late).hasValue(1));
    assertThat(stuck.ends).hasValue(1);
  }

  @Test
  void aCallWhoseDeadlinePassesInTheQueueIsNeverRun() {
    mesh.serve(this::echo);
    FakeCall first = mesh.call(mesh.say("block"));
    FakeCall late = mesh.call(mesh.say("late").within(Duration.ofMillis(50)));
    // while the instance is still blocked: the sweep does it, not the instance
    assertThat(late.awaitRefusal()).isEqualTo(RefusalReason.EXPIRED);
    assertThat(late.payload.refCnt()).isZero();
    gate.countDown();
    assertThat(first.awaitReply()).isEqualTo("unblocked");
    assertThat(mesh.call(mesh.say("after")).awaitReply()).isEqualTo("after");
    assertThat(seen).containsExactly("block", "after");
  }

  @Test
  void aCallThatArrivesTooLateIsNotEvenQueued() {
    mesh.serve(this::echo);
    FakeCall late = mesh.call(mesh.say("late").within(Duration.ofNanos(-1)));
    assertThat(late.awaitRefusal()).isEqualTo(RefusalReason.EXPIRED);
    assertThat(late.payload.refCnt()).isZero();
  }

  @Test
  void aRecalledCallIsNeverRunUnlessItHasStarted() {
    mesh.serve(this::echo);
    FakeCall started = mesh.call(mesh.say("block"));
    await().until(() -> seen.contains("block"));
    FakeCall waiting = mesh.call(mesh.say("waiting"));
    FakeCall recalledBefore = mesh.say("recalled before");
    recalledBefore.recall();
    mesh.call(recalledBefore);
    waiting.recall();
    started.recall();
    assertThat(waiting.awaitRefusal()).isEqualTo(RefusalReason.RECALLED);
    assertThat(recalledBefore.awaitRefusal()).isEqualTo(RefusalReason.RECALLED);
    assertThat(waiting.payload.refCnt()).isZero();
    gate.countDown();
    assertThat(started.awaitReply()).isEqualTo("unblocked");
    assertThat(mesh.call(mesh.say("after")).awaitReply()).isEqualTo("after");
    assertThat(seen).containsExactly("block", "after");
  }

  @Test
  void whatCannotBeDecodedIsRefusedAndTheInstanceLivesOn() {
    mesh.serve(this::echo);
    FakeCall garbage = mesh.call(mesh.say("garbage"));
    assertThat(garbage.awaitRefusal()).isEqualTo(RefusalReason.NOT_READABLE);
    assertThat(garbage.payload.refCnt()).isZero();
    assertThat(mesh.call(mesh.say("fine")).awaitReply()).isEqualTo("fine");
    assertThat(mesh.counters.replaced).hasValue(0);
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void aReplyThatCannotBeSentIsRefusedWithTheReason() {
    mesh.serve(
        () ->
            Behaviors.receive(Command.class)
                .onMessage(
                    Say.class,
                    say -> {
                      Object reply = say.text().equals("wrong type") ? 42 : "unspeakable";
                      ((ActorRef) say.replyTo()).tell(reply);
                      return Behaviors.same();
                    })
                .onMessage(
                    Check.class,
                    check -> {
                      ((ActorRef) check.replyTo()).tell("no status");
                      return Behaviors.same();
                    })
                .build());
    assertThat(mesh.call(mesh.say("wrong type")).awaitRefusal())
        .isEqualTo(RefusalReason.REPLY_NOT_SERIALIZABLE);
    assertThat(mesh.call(mesh.say("other")).awaitRefusal())
        .isEqualTo(RefusalReason.REPLY_NOT_SERIALIZABLE);
    assertThat(mesh.call(mesh.check("status")).awaitRefusal())
        .isEqualTo(RefusalReason.REPLY_NOT_SERIALIZABLE);
  }

  @Test
  void requestsAndRepliesOverMaxPayloadAreRefused() {
    mesh.serve(this::echo);
    assertThat(mesh.call(mesh.say("long")).awaitRefusal()).isEqualTo(RefusalReason.REPLY_TOO_LARGE);
    FakeCall large = mesh.call(mesh.say("x".repeat(100_000)));
    assertThat(large.awaitRefusal()).isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(large.payload.refCnt()).isZero();
  }

  @Test
  void aFullQueueRefusesWithAHintWhenToComeBack() {
    mesh.with(new HostFixture.Policy().queue(2).queueBytes(10)).serve(this::echo);
    mesh.call(mesh.say("block"));
    await().until(() -> seen.contains("block"));
    mesh.call(mesh.say("12345678"));
    FakeCall bytes = mesh.call(mesh.say("12345678"));
    assertThat(bytes.awaitRefusal()).isEqualTo(RefusalReason.BYTES_FULL);
    mesh.call(mesh.say("1"));
    FakeCall full = mesh.call(mesh.say("2"));
    assertThat(full.awaitRefusal()).isEqualTo(RefusalReason.QUEUE_FULL);
    assertThat(full.await().value().toString()).contains("retryAfterMillis=10");
    assertThat(full.await().load().queued()).isEqualTo(2);
    assertThat(full.payload.refCnt()).isZero();
    assertThat(mesh.status().queuedBytes()).isEqualTo(9);
  }

  @Test
  void theLastQuarterOfTheQueueIsNotForWhatCanBeLeftOut() {
    mesh.with(new HostFixture.Policy().queue(4)).serve(this::echo);
    mesh.call(mesh.say("block"));
    await().until(() -> seen.contains("block"));
    for (int i = 0; i < 3; i++) {
      mesh.call(mesh.say("x").with(Priority.SHEDDABLE));
    }
    FakeCall refused = mesh.call(mesh.say("x").with(Priority.SHEDDABLE));
    assertThat(refused.awaitRefusal()).isEqualTo(RefusalReason.QUEUE_FULL);
    FakeCall taken = mesh.call(mesh.say("taken"));
    gate.countDown();
    assertThat(taken.awaitReply()).isEqualTo("taken");
  }

  @Test
  void higherClassesRunFirstAndWithinAClassInOrder() {
    mesh.serve(this::echo);
    mesh.call(mesh.say("block"));
    await().until(() -> seen.contains("block"));
    List<FakeCall> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(mesh.call(mesh.say("sheddable " + i).with(Priority.SHEDDABLE)));
      calls.add(mesh.call(mesh.say("normal " + i).with(Priority.NORMAL)));
      calls.add(mesh.call(mesh.say("critical " + i).with(Priority.CRITICAL)));
    }
    gate.countDown();
    calls.forEach(FakeCall::awaitReply);
    assertThat(seen)
        .containsExactly(
            "block",
            "critical 0",
            "critical 1",
            "critical 2",
            "normal 0",
            "normal 1",
            "normal 2",
            "sheddable 0",
            "sheddable 1",
            "sheddable 2");
  }

  @Test
  void noMoreThanTheBoundAreStartedAndEachAnswerFreesASlot() {
    mesh.with(new HostFixture.Policy().inFlight(3)).serve(this::echo);
    List<FakeCall> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(mesh.call(mesh.say("hold")));
    }
    for (int answered = 0; answered < 10; answered++) {
      int expected = Math.min(10, answered + 3);
      await().until(() -> held.size() == expected);
      assertThat(mesh.status().started()).isLessThanOrEqualTo(3);
      held.get(answered).tell("done");
    }
    calls.forEach(call -> assertThat(call.awaitReply()).isEqualTo("done"));
  }

  @Test
  void theBoundMayBeRaisedWhileServing() {
    mesh.with(new HostFixture.Policy().inFlight(1)).serve(this::echo);
    mesh.call(mesh.say("hold"));
    await().until(() -> held.size() == 1);
    mesh.with(new HostFixture.Policy().inFlight(5));
    held.get(0).tell("done");
    List<FakeCall> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(mesh.call(mesh.say("hold").within(Duration.ofSeconds(1))));
    }
    await().until(() -> held.size() == 6);
    calls.forEach(call -> assertThat(call.awaitRefusal()).isEqualTo(RefusalReason.UNANSWERED));
  }

  @Test
  void theLoadTravelsWithEveryAnswer() {
    mesh.serve(this::echo);
    mesh.call(mesh.say("hold"));
    mesh.call(mesh.say("hold"));
    FakeCall.End answered = mesh.call(mesh.say("x")).await();
    assertThat(answered.load().inFlight()).isEqualTo(3);
    mesh.call(mesh.say("block"));
    await().until(() -> seen.contains("block"));
    FakeCall waiting = mesh.call(mesh.say("waits").within(Duration.ofMillis(100)));
    mesh.call(mesh.say("waits, too"));
    assertThat(waiting.await().load().queued()).isEqualTo(1);
    FakeCall recalled = mesh.call(mesh.say("waits as well"));
    await().until(() -> mesh.status().oldestQueued().toMillis() >= 20);
    recalled.recall();
    assertThat(recalled.await().load().queueAgeMicros()).isGreaterThanOrEqualTo(20_000);
  }

  @Test
  void whatTheNodeDoesNotServeIsRefusedByName() {
    mesh.serve(this::echo);
    OperationKey say = HostFixture.key("say");
    record Case(OperationKey key, RefusalReason reason) {}
    var cases =
        List.of(
            new Case(
                new OperationKey("other", "say", "text", say.schema(), false),
                RefusalReason.UNKNOWN_SERVICE),
            new Case(
                new OperationKey("probe", "shout", "text", say.schema(), false),
                RefusalReason.UNKNOWN_OPERATION),
            new Case(
                new OperationKey("probe", "say", "morse", say.schema(), false),
                RefusalReason.INCOMPATIBLE),
            new Case(
                new OperationKey("probe", "say", "text", say.schema(), true),
                RefusalReason.INCOMPATIBLE),
            new Case(
                new OperationKey("probe", "tick", "text", say.schema(), false),
                RefusalReason.UNKNOWN_OPERATION));
    for (Case each : cases) {
      for (int again = 0; again < 2; again++) {
        FakeCall call = mesh.call(FakeCall.remote(each.key(), HostFixture.bytes("x")));
        assertThat(call.awaitRefusal()).as(each.toString()).isEqualTo(each.reason());
        assertThat(call.payload.refCnt()).isZero();
      }
    }
  }

  @Test
  void anInstanceThatIsNotHereIsRefusedAsGone() {
    mesh.with(new HostFixture.Policy().instances(2)).serve(this::echo);
    assertThat(mesh.call(mesh.say("x").at(1)).awaitReply()).isEqualTo("x");
    assertThat(mesh.call(mesh.say("x").at(2)).awaitRefusal())
        .isEqualTo(RefusalReason.INSTANCE_GONE);
    assertThat(mesh.call(mesh.say("x").at(-7)).awaitRefusal())
        .isEqualTo(RefusalReason.INSTANCE_GONE);
  }

  @Test
  void aCallToAnyInstanceGoesToTheLessBusyOne() {
    mesh.with(new HostFixture.Policy().instances(2)).serve(this::echo);
    for (int i = 0; i < 4; i++) {
      mesh.call(mesh.say("hold").at(0));
    }
    for (int i = 0; i < 4; i++) {
      mesh.call(mesh.say("hold"));
    }
    await().until(() -> held.size() == 8);
    assertThat(mesh.host.status().get(0).instances())
        .extracting(HostedServiceStatus.InstanceStatus::started)
        .containsExactly(4, 4);
  }
}
