package io.actormesh.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.host.QueueGauge.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // a test may leave out what it does not need
class QueuePartsTest {

  private static HostedCall<Probe.Command> call() {
    return new HostedCall<>(FakeCall.local(HostFixture.key("note"), "x"), null, null);
  }

  @Test
  void theGaugeBoundsCallsAndBytes() {
    QueueGauge gauge = new QueueGauge();
    assertThat(gauge.tryAdd(60, 3, 100)).isEqualTo(Room.FREE);
    assertThat(gauge.tryAdd(41, 3, 100)).isEqualTo(Room.NO_BYTES);
    assertThat(gauge.tryAdd(40, 3, 100)).isEqualTo(Room.FREE);
    assertThat(gauge.tryAdd(0, 3, 100)).isEqualTo(Room.FREE);
    assertThat(gauge.tryAdd(0, 3, 100)).isEqualTo(Room.NO_CALLS);
    assertThat(gauge.calls()).isEqualTo(3);
    assertThat(gauge.bytes()).isEqualTo(100);
    gauge.remove(40);
    gauge.remove(0);
    gauge.remove(60);
    assertThat(gauge.calls()).isZero();
    assertThat(gauge.bytes()).isZero();
  }

  @Test
  void anEmptyQueueTakesOneCallOfAnySize() {
    QueueGauge gauge = new QueueGauge();
    assertThat(gauge.tryAdd(Integer.MAX_VALUE, 1_000_000, 100)).isEqualTo(Room.FREE);
    assertThat(gauge.tryAdd(1, 1_000_000, 100)).isEqualTo(Room.NO_BYTES);
  }

  @Test
  void theQueueLosesNothingUnderManyProducers() throws Exception {
    CallQueue<Probe.Command> queue = new CallQueue<>();
    int each = 2000;
    List<Thread> producers = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      producers.add(
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  queue.add(call(), priority);
                }
              }));
    }
    producers.forEach(Thread::start);
    int taken = 0;
    while (taken < 4 * each) {
      taken += queue.poll() == null ? 0 : 1;
    }
    for (Thread producer : producers) {
      producer.join();
    }
    assertThat(queue.poll()).isNull();
  }

  @Test
  void liveCallsGrowBeyondTheirFirstTableAndForgetWhatEnded() {
    LiveCalls<Probe.Command> live = new LiveCalls<>(4);
    List<HostedCall<Probe.Command>> calls = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      HostedCall<Probe.Command> call = call();
      calls.add(call);
      live.add(call);
    }
    AtomicInteger found = new AtomicInteger();
    live.forEach(call -> found.incrementAndGet());
    assertThat(found).hasValue(500);
    calls.forEach(live::remove);
    assertThat(live.isEmpty()).isTrue();
  }
}
