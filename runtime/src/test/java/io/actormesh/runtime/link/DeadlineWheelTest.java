package io.actormesh.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wheel in time that the test moves; its loop runs nothing by itself. */
class DeadlineWheelTest {

  private static final long MILLI = 1_000_000;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 50 * MILLI);
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final DeadlineWheel wheel = new DeadlineWheel(channel.eventLoop(), now::get);
  private final List<OutboundCall> told = new ArrayList<>();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void aCallIsToldNotBeforeItIsDueAndAtMostATickLater() {
    OutboundCall call = add(20 * MILLI);
    advance(19);
    assertThat(told).isEmpty();
    advance(1 + 2 * DeadlineWheel.TICK_NANOS / MILLI);
    assertThat(told).containsExactly(call);
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aCallThatWasRemovedIsNotTold() {
    OutboundCall call = add(20 * MILLI);
    OutboundCall other = add(20 * MILLI);
    wheel.remove(call);
    wheel.remove(call);
    advance(100);
    assertThat(told).containsExactly(other);
  }

  @Test
  void aCallThatIsMovedIsToldAtItsNewTime() {
    OutboundCall call = add(20 * MILLI);
    wheel.add(call, now.get() + 200 * MILLI);
    advance(150);
    assertThat(told).isEmpty();
    advance(100);
    assertThat(told).containsExactly(call);
  }

  @Test
  void aCallFurtherAwayThanOneTurnWaits() {
    add(Duration.ofSeconds(60).toNanos());
    for (int second = 0; second < 59; second++) {
      advance(1000);
    }
    assertThat(told).isEmpty();
    advance(1100);
    assertThat(told).hasSize(1);
  }

  @Test
  void aCallThatIsPastDueIsToldWithTheNextTick() {
    add(-5 * MILLI);
    advance(2 * DeadlineWheel.TICK_NANOS / MILLI);
    assertThat(told).hasSize(1);
  }

  @Test
  void aLoopThatStoodStillTellsEverybodyWhoIsDue() {
    for (int i = 1; i <= 100; i++) {
      add(i * 300L * MILLI);
    }
    advance(25_000);
    assertThat(told).hasSize(83);
  }

  @Test
  void manyCallsAreEachToldOnceAndInTime() {
    SplittableRandom random = new SplittableRandom(5);
    int added = 0;
    for (int step = 0; step < 2000; step++) {
      for (int i = random.nextInt(5); i > 0; i--) {
        add(random.nextLong(40_000) * MILLI);
        added++;
      }
      advance(random.nextInt(50));
      assertThat(told).allMatch(call -> now.get() - call.dueNanos >= 0);
    }
    advance(20_000);
    advance(21_000);
    assertThat(told).hasSize(added).doesNotHaveDuplicates();
  }

  private OutboundCall add(long inNanos) {
    TestCall call = TestCall.say("");
    var payload = call.takePayload();
    if (payload != null) {
      payload.release();
    }
    call.owner = told::add;
    wheel.add(call, now.get() + inNanos);
    return call;
  }

  private void advance(long millis) {
    now.addAndGet(millis * MILLI);
    wheel.advance();
  }
}
