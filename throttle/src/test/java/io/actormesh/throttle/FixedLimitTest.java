package io.actormesh.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.actormesh.throttle.Limiter.Outcome;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FixedLimitTest {

  @Property
  void inFlightIsWhatWasAdmittedLessWhatWasGivenBack(
      @ForAll @IntRange(min = 1, max = 8) int limit, @ForAll List<Boolean> acquires) {
    FixedLimit limiter = new FixedLimit(limit);
    int model = 0;
    for (boolean acquire : acquires) {
      if (acquire) {
        assertThat(limiter.tryAcquire(0)).isEqualTo(model < limit);
        model = Math.min(limit, model + 1);
      } else if (model > 0) {
        limiter.release(Outcome.SUCCESS, 0, 0);
        model--;
      }
      assertThat(limiter.inFlight()).isEqualTo(model);
    }
  }

  @Test
  void neverAdmitsMoreThanItsLimitWhateverTheThreadsDo() throws InterruptedException {
    FixedLimit limiter = new FixedLimit(3);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger worst = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(4);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      threads.execute(
          () -> {
            for (int turn = 0; turn < 20_000; turn++) {
              if (limiter.tryAcquire(0)) {
                worst.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
                limiter.release(Outcome.SUCCESS, 0, 0);
              }
            }
            done.countDown();
          });
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    threads.shutdown();
    assertThat(worst.get()).isBetween(1, 3);
    assertThat(limiter.inFlight()).isZero();
  }

  @Test
  void aReleaseTooManyIsAnErrorAndChangesNothing() {
    FixedLimit limiter = new FixedLimit(1);
    assertThatIllegalStateException().isThrownBy(() -> limiter.release(Outcome.SUCCESS, 0, 0));
    assertThat(limiter.tryAcquire(0)).isTrue();
    assertThat(limiter.tryAcquire(0)).isFalse();
  }

  @Test
  void aLimitThatIsSetAnewCountsFromTheNextAcquireOn() {
    AtomicInteger setting = new AtomicInteger(2);
    FixedLimit limiter = new FixedLimit(setting::get);
    assertThat(limiter.tryAcquire(0)).isTrue();
    assertThat(limiter.tryAcquire(0)).isTrue();
    setting.set(1);
    limiter.release(Outcome.SUCCESS, 0, 0);
    assertThat(limiter.tryAcquire(0)).isFalse();
    setting.set(2);
    assertThat(limiter.tryAcquire(0)).isTrue();
    assertThat(limiter.limit()).isEqualTo(2);
  }

  @Test
  void aLimitBelowOneIsRefusedWithItsValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FixedLimit(0))
        .withMessage("limit: 0 (expected: >= 1)");
  }
}
