package io.actormesh.router.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.router.resilience.Failover.Evidence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailoverTest {

  @ParameterizedTest
  @CsvSource({
    // evidence,   attempts, max, idempotent, time left, again
    "NOT_STARTED,  1,        3,   false,      1,         true",
    "NOT_STARTED,  2,        3,   false,      1,         true",
    "NOT_STARTED,  3,        3,   false,      1,         false",
    "NOT_STARTED,  1,        3,   false,      0,         false",
    "NOT_STARTED,  1,        1,   true,       1,         false",
    "MAY_HAVE_RUN, 1,        3,   false,      1,         false",
    "MAY_HAVE_RUN, 1,        3,   true,       1,         true",
    "MAY_HAVE_RUN, 3,        3,   true,       1,         false",
    "FINAL,        1,        3,   true,       1,         false",
  })
  void repeatsOnlyWhatCanDoNoHarmAndHasAttemptsAndTimeLeft(
      Evidence evidence, int attempts, int max, boolean idempotent, long left, boolean again) {
    assertThat(Failover.tryElsewhere(evidence, attempts, max, idempotent, left)).isEqualTo(again);
  }
}
