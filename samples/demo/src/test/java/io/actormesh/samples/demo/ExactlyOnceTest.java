package io.actormesh.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExactlyOnceTest {

  private static final Status ONE = new Status(1, "PLACED", "");
  private static final Status TWO = new Status(2, "SCANNED", "depot 1");
  private static final Status THREE = new Status(3, "DELIVERED", "");
  private static final List<Status> BOOK = List.of(ONE, TWO, THREE);

  @Test
  void whoHasSeenTheWholeBookHasSeenItOnce() {
    assertThat(ExactlyOnce.wrong(BOOK, BOOK)).isEmpty();
  }

  @Test
  void anEventMustNotBeMissing() {
    assertThat(ExactlyOnce.wrong(List.of(ONE, THREE), BOOK)).containsExactly("1 event is missing.");
    assertThat(ExactlyOnce.wrong(List.of(), BOOK)).containsExactly("3 events are missing.");
  }

  @Test
  void anEventMustNotBeSeenTwice() {
    assertThat(ExactlyOnce.wrong(List.of(ONE, TWO, TWO, THREE), BOOK))
        .containsExactly("1 event is seen twice.");
  }

  @Test
  void anEventMustBeInTheBook() {
    Status other = new Status(2, "SCANNED", "depot 2");

    assertThat(ExactlyOnce.wrong(List.of(ONE, other, THREE), BOOK))
        .containsExactly("1 event is missing.", "1 event is not in the book.");
    assertThat(ExactlyOnce.wrong(BOOK, List.of())).isNotEmpty();
  }

  @Test
  void eventsMustComeInOrder() {
    assertThat(ExactlyOnce.wrong(List.of(ONE, THREE, TWO), BOOK))
        .containsExactly("The events came out of order.");
  }
}
