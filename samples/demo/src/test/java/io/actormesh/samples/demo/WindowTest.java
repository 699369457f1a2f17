package io.actormesh.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.samples.demo.Outcome.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowTest {

  @Test
  void percentilesAreThoseOfTheNearestRank() {
    Window window =
        Window.of(
            IntStream.rangeClosed(1, 100)
                .mapToObj(i -> outcome(0, 0, i, Ending.ANSWERED))
                .toList());

    assertThat(window.percentile(0.5)).isEqualTo(Duration.ofMillis(50));
    assertThat(window.percentile(0.99)).isEqualTo(Duration.ofMillis(99));
    assertThat(Window.of(List.of()).percentile(0.5)).isZero();
  }

  @Test
  void theGapIsTheLongestOfAnyOneCustomerAndFailuresDoNotEndIt() {
    Window window =
        Window.of(
            List.of(
                outcome(1, 0, 10, Ending.ANSWERED),
                outcome(2, 0, 20, Ending.ANSWERED),
                outcome(1, 15, 60, Ending.LOST),
                outcome(2, 25, 70, Ending.ANSWERED),
                outcome(1, 65, 110, Ending.REFUSED)));

    assertThat(window.longestGap(0)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void failuresAreCountedByCode() {
    Window window =
        Window.of(
            List.of(
                outcome(1, 0, 1, Ending.LOST),
                outcome(1, 1, 2, Ending.ANSWERED),
                outcome(1, 2, 3, Ending.LOST)));

    assertThat(window.failuresByCode()).isEqualTo(Map.of("LOST", 2L));
  }

  private static Outcome outcome(int client, int startMillis, int endMillis, Ending ending) {
    return new Outcome(
        client,
        "n1",
        "catalog/find",
        null,
        Duration.ofMillis(startMillis).toNanos(),
        Duration.ofMillis(endMillis).toNanos(),
        ending,
        ending == Ending.ANSWERED ? "" : ending.name(),
        "",
        "");
  }
}
