package io.actormesh.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.samples.demo.EventLines.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventLinesTest {

  private final EventLines lines = new EventLines();

  @Test
  void anEventIsCompleteWithAnEmptyLine() {
    assertThat(read("retry: 250", "", "event: PLACED", "id: 7", "data: {}", "", "data: x", ""))
        .containsExactly(new Event("PLACED", "{}"), new Event("message", "x"));
    assertThat(lines.retry()).isEqualTo(Duration.ofMillis(250));
    assertThat(lines.lastEventId()).isEqualTo("7");
  }

  @Test
  void commentsAreNoEvents() {
    assertThat(read(":", "", ": still here", "")).isEmpty();
  }

  @Test
  void aFailureDoesNotChangeWhereToGoOn() {
    read("id: 7", "data: {}", "", "event: error", "data: {}", "");

    assertThat(lines.lastEventId()).isEqualTo("7");
  }

  @Test
  void anEventThatWasCutIsNotSeen() {
    read("id: 7", "data: {}", "", "event: PLACED", "id: 8", "data: {");
    lines.cut();

    assertThat(lines.lastEventId()).isEqualTo("7");
    assertThat(read("id: 8", "data: {}", "")).containsExactly(new Event("message", "{}"));
  }

  private List<Event> read(String... text) {
    return Stream.of(text).map(lines::add).flatMap(Optional::stream).toList();
  }
}
