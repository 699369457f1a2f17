package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every link between two nodes promises, whatever carries it. */
abstract class LinkContract {

  /** What the serving node does with calls. */
  abstract Served served();

  /** The caller's link to the serving node. */
  abstract Link link();

  abstract LinkTransport serving();

  abstract LinkTransport calling();

  abstract LinkPeer servingPeer();

  abstract void breakConnections();

  @Test
  void aCallIsAnsweredWithTheReply() {
    TestCall call = send(TestCall.say("hello"));
    awaitEnd(call, "reply hello");
    assertThat(link().state()).isEqualTo(LinkState.UP);
  }

  @Test
  void theHandlerSeesWhatTheCallerSaidAboutTheCall() {
    TraceContext trace = new TraceContext(1, 2, 3, (byte) 1, "vendor=x");
    served()
        .behave(
            call ->
                Served.reply(
                    call,
                    call.key().operation()
                        + call.instance()
                        + call.attempt()
                        + call.caller()
                        + call.payloadBytes()
                        + call.local()
                        + (call.priority() == Priority.HIGH)
                        + trace.equals(call.trace())));
    awaitEnd(send(TestCall.say("four").traced(trace)), "reply say32tester4falsetruetrue");
  }

  @Test
  void theHandlerSeesOnWhoseBehalfACallIsMade() {
    TraceContext trace = new TraceContext(1, 2, 3, (byte) 1, "vendor=x");
    served().behave(call -> Served.reply(call, call.identity() + " " + (call.trace() != null)));
    String who = "Ä".repeat(40);
    awaitEnd(send(TestCall.say("x")), "reply null false");
    awaitEnd(send(TestCall.say("x").onBehalfOf("ann")), "reply ann false");
    awaitEnd(send(TestCall.say("x").onBehalfOf(who).traced(trace)), "reply " + who + " true");
  }

  @Test
  void theDeadlineTravelsAsTheTimeThatIsLeft() {
    send(TestCall.say("x", Duration.ofSeconds(20)));
    await().until(() -> !served().calls().isEmpty());
    InboundCall call = served().calls().get(0);
    assertThat(Duration.ofNanos(call.deadlineNanos() - call.arrivedNanos()))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
  }

  @Test
  void theServicesOwnErrorArrivesAsSuch() {
    served()
        .behave(call -> assertThat(call.reply(call.takePayload(), true, LoadReport.NONE)).isTrue());
    awaitEnd(send(TestCall.say("sold out")), "error sold out");
  }

  @Test
  void aRefusalArrivesWithItsReasonAndTheLoad() {
    LoadReport load = new LoadReport(1, 2, 3, 4, 5);
    served().behave(call -> refuse(call, RefusalReason.QUEUE_FULL, load));
    TestCall call = send(TestCall.say("x"));
    awaitEnd(call, "refused QUEUE_FULL");
    assertThat(call.load()).isEqualTo(load);
  }

  @Test
  void theTimesThatTheServerMeasuredArriveWithReplyAndRefusal() {
    served().behave(LinkContract::measure);
    assertThat(List.of("x", "y".repeat(100_000), "refuse"))
        .allSatisfy(
            text -> {
              TestCall call = send(TestCall.say(text));
              await().until(() -> call.ends().size() == 1);
              assertThat(call.queuedMicros()).isEqualTo(1500);
              assertThat(call.servedMicros()).isEqualTo(2_000_000);
            });
  }

  private static void measure(InboundCall call) {
    String text = Served.text(call);
    call.took(1_500_999, 2_000_000_000);
    if (text.equals("refuse")) {
      refuse(call, RefusalReason.FAILED, LoadReport.NONE);
    } else {
      Served.reply(call, text);
    }
  }

  @Test
  void aOneWayCallEndsWhenItIsAccepted() {
    served().behave(call -> assertThat(call.accept(LoadReport.NONE)).isTrue());
    List<TestCall> calls = IntStream.range(0, 50).mapToObj(i -> TestCall.note("n" + i)).toList();
    calls.forEach(this::send);
    calls.forEach(call -> awaitEnd(call, "accepted"));
  }

  @Test
  void onlyTheFirstEndCounts() {
    AtomicInteger firsts = new AtomicInteger();
    served()
        .behave(
            call -> {
              String text = Served.text(call);
              Served.reply(call, text);
              if (!call.refuse(Refusal.of(RefusalReason.FAILED, "late"), LoadReport.NONE)
                  && !call.accept(LoadReport.NONE)) {
                firsts.incrementAndGet();
              }
            });
    awaitEnd(send(TestCall.say("x")), "reply x");
    assertThat(firsts).hasValue(1);
  }

  @Test
  void repliesMayComeFromAnyThread() {
    served()
        .behave(
            call -> {
              String text = Served.text(call);
              new Thread(() -> Served.reply(call, text)).start();
            });
    awaitEnd(send(TestCall.say("x")), "reply x");
  }

  @Test
  void manyThreadsCallsAllEndOnce() throws InterruptedException {
    List<TestCall> calls = new CopyOnWriteArrayList<>();
    CountDownLatch sent = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      new Thread(
              () -> {
                IntStream.range(0, 250).forEach(n -> calls.add(send(TestCall.say("c" + n))));
                sent.countDown();
              })
          .start();
    }
    sent.await();
    await().until(() -> allEnded(calls));
    assertThat(calls).hasSize(1000).allMatch(call -> call.ends().get(0).startsWith("reply c"));
  }

  @Test
  void callsOfOneThreadArriveInTheOrderOfTheirSending() {
    List<String> arrived = new CopyOnWriteArrayList<>();
    served()
        .behave(
            call -> {
              arrived.add(Served.text(call));
              Served.reply(call, "ok");
            });
    List<String> sent = IntStream.range(0, 500).mapToObj(i -> "m" + i).toList();
    sent.forEach(text -> send(TestCall.say(text)));
    await().until(() -> arrived.size() == 500);
    assertThat(arrived).isEqualTo(sent);
  }

  @Test
  void largePayloadsArriveWhole() {
    TestCall call = send(TestCall.large(1_000_000));
    await().until(() -> !call.ends().isEmpty());
    assertThat(call.reply()).isEqualTo(call.message());
  }

  @Test
  void anEmptyPayloadArrives() {
    awaitEnd(send(TestCall.say("")), "reply ");
  }

  @Test
  void aCallThatNobodyAnswersEndsAtItsDeadlineAndIsRecalled() {
    AtomicInteger recalled = new AtomicInteger();
    served()
        .behave(
            call -> {
              Served.keep(call);
              call.onRecall(recalled::incrementAndGet);
            });
    warmUp();
    TestCall call = send(TestCall.say("x", Duration.ofMillis(100)));
    awaitEnd(call, "DEADLINE may have run");
    assertThat(call.late()).isGreaterThanOrEqualTo(Duration.ZERO);
    await().untilAtomic(recalled, org.hamcrest.Matchers.is(1));
  }

  @Test
  void aCallWhoseDeadlineHasPassedIsNotSent() {
    warmUp();
    int before = served().calls().size();
    awaitEnd(send(TestCall.say("x", Duration.ofMillis(-1))), "DEADLINE not started");
    warmUp();
    assertThat(served().calls()).hasSize(before + 1);
  }

  @Test
  void aRecalledCallIsAnsweredByTheHandler() {
    served()
        .behave(
            call -> {
              Served.keep(call);
              call.onRecall(() -> refuse(call, RefusalReason.RECALLED, LoadReport.NONE));
            });
    TestCall call = send(TestCall.say("x"));
    await().until(() -> !served().calls().isEmpty());
    link().recall(call);
    awaitEnd(call, "refused RECALLED");
  }

  @Test
  void aListenerThatComesAfterTheRecallIsToldAtOnce() {
    List<InboundCall> kept = new CopyOnWriteArrayList<>();
    AtomicInteger first = new AtomicInteger();
    served()
        .behave(
            call -> {
              Served.keep(call);
              call.onRecall(first::incrementAndGet);
              kept.add(call);
            });
    TestCall call = send(TestCall.say("x"));
    await().until(() -> !kept.isEmpty());
    link().recall(call);
    await().untilAtomic(first, org.hamcrest.Matchers.is(1));
    AtomicInteger second = new AtomicInteger();
    kept.get(0).onRecall(second::incrementAndGet);
    assertThat(second).hasValue(1);
    Served.reply(kept.get(0), "anyway");
    awaitEnd(call, "reply anyway");
  }

  @Test
  void aBrokenConnectionFailsItsCallsAndRecallsThem() {
    AtomicInteger recalled = new AtomicInteger();
    served()
        .behave(
            call -> {
              Served.keep(call);
              call.onRecall(recalled::incrementAndGet);
            });
    List<TestCall> calls = IntStream.range(0, 20).mapToObj(i -> TestCall.say("c")).toList();
    calls.forEach(this::send);
    await().until(() -> served().calls().size() == 20);
    breakConnections();
    calls.forEach(call -> awaitEnd(call, "BROKEN may have run"));
    await().untilAtomic(recalled, org.hamcrest.Matchers.is(20));
  }

  @Test
  void aBrokenConnectionIsReplaced() {
    warmUp();
    breakConnections();
    await()
        .until(
            () -> {
              TestCall call = send(TestCall.say("again"));
              await().until(() -> !call.ends().isEmpty());
              return call.ends().get(0).equals("reply again");
            });
  }

  @Test
  void aDrainingNodeAnswersWhatItHasAndTakesNothingNew() {
    List<InboundCall> kept = new CopyOnWriteArrayList<>();
    served()
        .behave(
            call -> {
              Served.keep(call);
              kept.add(call);
            });
    TestCall accepted = send(TestCall.say("x"));
    await().until(() -> kept.size() == 1);
    assertThat(serving().drain()).succeedsWithin(Duration.ofSeconds(10));
    await().until(() -> link().state() == LinkState.DRAINING);
    awaitEnd(send(TestCall.say("new")), "CLOSED not started");
    Served.reply(kept.get(0), "done");
    awaitEnd(accepted, "reply done");
  }

  @Test
  void closingWaitsForWhatWasAccepted() {
    List<InboundCall> kept = new CopyOnWriteArrayList<>();
    served()
        .behave(
            call -> {
              Served.keep(call);
              kept.add(call);
            });
    TestCall accepted = send(TestCall.say("x"));
    await().until(() -> kept.size() == 1);
    var closed = serving().close(Duration.ofSeconds(30));
    await().until(() -> !link().state().usable());
    assertThat(closed.toCompletableFuture()).isNotDone();
    Served.reply(kept.get(0), "done");
    awaitEnd(accepted, "reply done");
    assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void aForgottenPeersCallsFailAndItsLinkIsClosed() {
    served().behave(Served::keep);
    TestCall call = send(TestCall.say("x"));
    await().until(() -> !served().calls().isEmpty());
    Link old = link();
    calling().forget(servingPeer());
    awaitEnd(call, "CLOSED may have run");
    await().until(() -> old.state() == LinkState.CLOSED);
    TestCall late = TestCall.say("late");
    old.send(late);
    awaitEnd(late, "CLOSED not started");
  }

  @Test
  void thePeersLinkIsTheSameUntilItIsForgotten() {
    Link first = link();
    assertThat(calling().to(servingPeer())).isSameAs(first);
    calling().forget(servingPeer());
    assertThat(calling().to(servingPeer())).isNotSameAs(first);
  }

  @Test
  void aMessageAboveTheLimitIsRefusedAndTheLinkGoesOn() {
    TestCall call = send(TestCall.large(LinkLimits.DEFAULT.maxPayloadBytes() + 1));
    awaitEnd(call, "refused TOO_LARGE");
    warmUp();
  }

  @Test
  void aReplyAboveTheLimitIsRefusedAndTheLinkGoesOn() {
    served()
        .behave(
            call -> {
              Served.keep(call);
              int size = LinkLimits.DEFAULT.maxPayloadBytes() + 1;
              var unused =
                  call.reply(call.allocator().buffer(size).writeZero(size), false, LoadReport.NONE);
            });
    awaitEnd(send(TestCall.say("x")), "refused REPLY_TOO_LARGE");
    served().behave(Served::echo);
    warmUp();
  }

  @Test
  void aPayloadThatNobodyTookIsReleased() {
    served().behave(call -> refuse(call, RefusalReason.DRAINING, LoadReport.NONE));
    List<TestCall> calls = new ArrayList<>();
    IntStream.range(0, 10).forEach(i -> calls.add(send(TestCall.say("x"))));
    calls.add(send(TestCall.large(100_000)));
    await().until(() -> allEnded(calls));
    assertThat(calls).allMatch(call -> call.ends().contains("refused DRAINING"));
  }

  TestCall send(TestCall call) {
    link().send(call);
    return call;
  }

  /** One call there and back, whatever the handler does otherwise. */
  void warmUp() {
    Served served = served();
    List<InboundCall> mine = new CopyOnWriteArrayList<>();
    TestCall call = TestCall.note("warm up");
    link().send(call);
    await()
        .until(
            () -> {
              served.calls().stream()
                  .filter(arrived -> arrived.key().oneWay() && !mine.contains(arrived))
                  .forEach(
                      arrived -> {
                        mine.add(arrived);
                        var unused = arrived.accept(LoadReport.NONE);
                      });
              return !call.ends().isEmpty();
            });
  }

  static void awaitEnd(TestCall call, String end) {
    await().untilAsserted(() -> assertThat(call.ends()).containsExactly(end));
  }

  static boolean allEnded(List<TestCall> calls) {
    return calls.stream().noneMatch(call -> call.ends().isEmpty());
  }

  private static void refuse(InboundCall call, RefusalReason reason, LoadReport load) {
    assertThat(call.refuse(Refusal.of(reason, "says the test"), load)).isTrue();
  }
}
