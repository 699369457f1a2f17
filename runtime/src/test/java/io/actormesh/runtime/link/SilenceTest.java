package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.Silence.Verdict.DEAD;
import static io.actormesh.runtime.link.Silence.Verdict.FINE;
import static io.actormesh.runtime.link.Silence.Verdict.PING;
import static io.actormesh.runtime.link.Silence.Verdict.SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {

  private static final LinkTimes TIMES =
      LinkTimes.DEFAULT.withSilence(Duration.ofSeconds(1), Duration.ofSeconds(3));

  private final Silence silence = new Silence(TIMES, 0, 0);

  @Test
  void aConnectionThatSpeaksAndIsHeardIsFine() {
    for (int at = 0; at < 5000; at += 25) {
      silence.heard();
      assertThat(judge(at, 0, true)).isEqualTo(FINE);
    }
  }

  @Test
  void aQuietConnectionIsAskedForASignOfLifeOncePerInterval() {
    assertThat(judge(100, 0, true)).isEqualTo(FINE);
    assertThat(judge(250, 0, true)).isEqualTo(PING);
    assertThat(judge(275, 0, true)).isEqualTo(FINE);
    assertThat(judge(500, 0, true)).isEqualTo(PING);
  }

  @Test
  void aConnectionOnWhichNothingIsSaidIsAskedToo() {
    silence.heard();
    assertThat(judge(250, 0, false)).isEqualTo(PING);
  }

  @Test
  void silenceGrowsFromNoNewCallsToGivingUp() {
    assertThat(judge(999, 0, true)).isEqualTo(PING);
    assertThat(judge(1000, 0, true)).isEqualTo(SILENT);
    assertThat(judge(2999, 0, true)).isEqualTo(SILENT);
    assertThat(judge(3000, 0, true)).isEqualTo(DEAD);
  }

  @Test
  void whoIsHeardAgainIsFineAgain() {
    assertThat(judge(1500, 0, true)).isEqualTo(SILENT);
    silence.heard();
    assertThat(judge(1600, 0, true)).isNotEqualTo(SILENT);
    assertThat(judge(2500, 0, true)).isNotEqualTo(SILENT);
    assertThat(judge(2600, 0, true)).isEqualTo(SILENT);
  }

  @Test
  void timeInWhichTheObserverStoodStillDoesNotCount() {
    assertThat(judge(5000, 4500, true)).isEqualTo(PING);
    assertThat(judge(5500, 4500, true)).isEqualTo(SILENT);
  }

  private Silence.Verdict judge(long millis, long lostMillis, boolean said) {
    return silence.judge(millis * 1_000_000, lostMillis * 1_000_000, said);
  }
}
