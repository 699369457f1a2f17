package io.actormesh.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.host.HogJudge.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HogJudgeTest {

  private static final long LIMIT = 50;
  private static final long LOOK = 10;

  private final HogJudge judge = new HogJudge(LIMIT);
  private final Object run = new Object();

  /** What the given number of looks at one run says, without what is fine. */
  private List<String> looks(int looks, boolean waiting, long cpuPerLook) {
    List<String> said = new ArrayList<>();
    for (int i = 0; i <= looks; i++) {
      Verdict verdict = judge.look(run, waiting, i * cpuPerLook, LOOK);
      if (verdict != Verdict.FINE) {
        said.add(verdict + " at " + i * LOOK);
      }
    }
    return said;
  }

  @Test
  void aRunThatWaitsIsSlowAndThenStuck() {
    assertThat(looks(100, true, 0)).containsExactly("SLOW at 50", "STUCK at 500");
  }

  @Test
  void aRunThatComputesIsSlowAndThenStuck() {
    assertThat(looks(100, false, 10)).containsExactly("SLOW at 50", "STUCK at 500");
  }

  @Test
  void aRunWhoseThreadGetsNoProcessorIsNotToBlame() {
    assertThat(looks(90, false, 0)).isEmpty();
    assertThat(looks(90, false, 0)).isEqualTo(List.of("STUCK at 90"));
  }

  @Test
  void eachRunIsJudgedByItself() {
    for (int i = 0; i < 100; i++) {
      assertThat(judge.look(new Object(), true, i * 100L, LOOK)).isEqualTo(Verdict.FINE);
      assertThat(judge.look(null, false, 0, LOOK)).isEqualTo(Verdict.FINE);
    }
  }

  @Test
  void withoutKnownProcessorTimeWaitingStillCounts() {
    assertThat(judge.look(run, true, -1, LOOK)).isEqualTo(Verdict.FINE);
    for (int i = 1; i < 5; i++) {
      assertThat(judge.look(run, true, -1, LOOK)).isEqualTo(Verdict.FINE);
    }
    assertThat(judge.look(run, true, -1, LOOK)).isEqualTo(Verdict.SLOW);
  }
}
