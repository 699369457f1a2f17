package io.actormesh.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.host.HostedServiceStatus.InstanceStatus;
import io.actormesh.runtime.link.RefusalReason;
import io.actormesh.runtime.policy.PublishedPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order: every call ends once, runs at most once, and leaks nothing.
 */
@NullUnmarked // a test may leave out what it does not need
class ClaimPropertyTest {

  private static final int QUEUE = 5;
  private static final int IN_FLIGHT = 2;

  enum Step {
    ADMIT,
    ADMIT_URGENT,
    ADMIT_ONE_WAY,
    RUN,
    RUN_AGAIN,
    REPLY,
    REPLY_AGAIN,
    RECALL_OLDEST,
    RECALL_NEWEST,
    LET_EXPIRE,
    HAND_BACK,
    FAIL_AND_RESTART,
  }

  /** One instance whose actor, clock and callers are the test's. */
  private static final class World {
    private long now;
    private final HostFixture.Counters counters = new HostFixture.Counters();
    private final Sweeper sweeper = new Sweeper(() -> now, time -> false);
    private final ServiceFrame frame;
    private final Instance<Probe.Command> instance;
    private final List<FakeCall> admitted = new ArrayList<>();
    private final List<HostedCall<Probe.Command>> claimed = new ArrayList<>();
    private final Deque<HostedCall<Probe.Command>> started = new ArrayDeque<>();
    private TestInbox<RunToken> mailbox;

    World() {
      HostEnvironment host =
          new HostEnvironment(
              null,
              null,
              () -> now,
              sweeper,
              null,
              null,
              (service, id) -> counters,
              name -> Optional.empty(),
              change -> {},
              null);
      frame =
          new ServiceFrame(
              "probe",
              "",
              new PublishedPolicy(
                  new HostFixture.Policy().queue(QUEUE).inFlight(IN_FLIGHT).of("probe")),
              host,
              new ServiceLife("probe", 1));
      instance = new Instance<>(0, frame);
      restart();
    }

    void restart() {
      mailbox = TestInbox.create();
      instance.started(mailbox.getRef());
    }

    void admit(String operation, Priority priority) {
      FakeCall call =
          FakeCall.remote(HostFixture.key(operation), HostFixture.bytes("x")).with(priority);
      call.deadlineNanos = now + 100;
      admitted.add(call);
      var found = Probe.CONTRACT.operation(operation).orElseThrow();
      instance.admit(call, new OperationBinding<>(found, new TextCodec().of(found)));
    }

    void step(Step step) {
      switch (step) {
        case ADMIT -> admit("say", Priority.NORMAL);
        case ADMIT_URGENT -> admit("say", Priority.CRITICAL);
        case ADMIT_ONE_WAY -> admit("note", Priority.NORMAL);
        case RUN, RUN_AGAIN -> run();
        case REPLY -> reply();
        case REPLY_AGAIN -> claimed.stream().filter(c -> !c.oneWay()).forEach(this::replyAgain);
        case RECALL_OLDEST -> admitted.stream().limit(1).forEach(FakeCall::recall);
        case RECALL_NEWEST ->
            admitted.stream().skip(Math.max(0, admitted.size() - 1)).forEach(FakeCall::recall);
        case LET_EXPIRE -> {
          now += 60;
          boolean unused = instance.sweep(now);
        }
        case HAND_BACK -> instance.handBack(Refusals.draining("probe"));
        case FAIL_AND_RESTART -> {
          instance.lost(Refusals.failed(new IllegalStateException("test")));
          started.clear();
          restart();
        }
      }
    }

    void run() {
      if (!mailbox.hasMessages()) {
        return;
      }
      mailbox.receiveMessage();
      HostedCall<Probe.Command> call = instance.claim();
      if (call != null) {
        assertThat(claimed).doesNotContain(call);
        claimed.add(call);
        assertThat(call.message()).isNotNull();
        if (call.oneWay()) {
          call.ran();
        } else {
          started.add(call);
        }
      }
      instance.ran(call);
    }

    void reply() {
      if (!started.isEmpty()) {
        started.poll().reply("done");
      }
    }

    void replyAgain(HostedCall<Probe.Command> call) {
      if (call.ended()) {
        call.reply("again");
      }
    }

    /** How many tokens the mailbox holds; TestInbox can only be emptied, so put them back. */
    private int tokens() {
      List<RunToken> all = mailbox.getAllReceived();
      all.forEach(token -> mailbox.getRef().tell(token));
      return all.size();
    }

    void check() {
      InstanceStatus status = instance.status();
      long held = admitted.stream().filter(call -> call.payload.refCnt() > 0).count();
      assertThat(status.queued()).isEqualTo((int) held).isLessThanOrEqualTo(QUEUE);
      long running = started.stream().filter(call -> !call.ended()).count();
      assertThat(status.started()).isEqualTo((int) running).isLessThanOrEqualTo(IN_FLIGHT);
      if (held > 0 && running < IN_FLIGHT) {
        assertThat(mailbox.hasMessages()).as("a token for the waiting calls").isTrue();
      }
      assertThat(tokens()).isLessThanOrEqualTo(QUEUE);
      admitted.forEach(call -> assertThat(call.ends.get()).isLessThanOrEqualTo(1));
    }

    void finish() {
      for (int i = 0; i < 100; i++) {
        run();
        reply();
      }
      instance.lost(Refusals.failed(new IllegalStateException("end")));
      assertThat(instance.idle()).isTrue();
      admitted.forEach(call -> assertThat(call.end).isDone());
      admitted.forEach(call -> assertThat(call.payload.refCnt()).isZero());
      sweeper.close();
    }
  }

  @Property(tries = 2000)
  void everyCallEndsOnceAndNoTokenIsLost(@ForAll @Size(max = 60) List<Step> steps) {
    World world = new World();
    for (Step step : steps) {
      world.step(step);
      world.check();
    }
    world.finish();
  }

  @Test
  void ofAllWhoRaceForACallOneWins() throws Exception {
    for (int round = 0; round < 300; round++) {
      World world = new World();
      world.admit("say", Priority.NORMAL);
      CyclicBarrier barrier = new CyclicBarrier(3);
      Thread recaller = racer(barrier, () -> world.admitted.get(0).recall());
      Thread backer = racer(barrier, () -> world.instance.handBack(Refusals.draining("probe")));
      barrier.await();
      world.run();
      recaller.join();
      backer.join();
      world.reply();
      FakeCall call = world.admitted.get(0);
      assertThat(call.ends).hasValue(1);
      assertThat(call.payload.refCnt()).isZero();
      boolean ran = call.await().kind().equals("reply");
      assertThat(world.claimed).hasSize(ran ? 1 : 0);
      assertThat(world.instance.idle()).isTrue();
      assertThat(world.instance.status().queued()).isZero();
      assertThat(world.instance.status().started()).isZero();
      if (!ran) {
        assertThat(call.awaitRefusal()).isIn(RefusalReason.RECALLED, RefusalReason.DRAINING);
      }
      world.sweeper.close();
    }
  }

  private static Thread racer(CyclicBarrier barrier, Runnable action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                barrier.await();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              action.run();
            });
    thread.start();
    return thread;
  }

  @Test
  void aQueueOfWhatExpiredBehindAStuckHandlerIsBounded() {
    World world = new World();
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      world.admit("say", Priority.NORMAL);
      world.now += Duration.ofMillis(1).toNanos();
      boolean unused = world.instance.sweep(world.now);
      RefusalReason reason = world.admitted.get(i).awaitRefusal();
      assertThat(reason).isIn(RefusalReason.EXPIRED, RefusalReason.QUEUE_FULL);
      refused += reason == RefusalReason.QUEUE_FULL ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(400);
    // one token cleans up
    world.run();
    world.admit("say", Priority.NORMAL);
    world.run();
    world.reply();
    assertThat(world.admitted.get(500).awaitReply()).isEqualTo("done");
    world.sweeper.close();
  }
}
