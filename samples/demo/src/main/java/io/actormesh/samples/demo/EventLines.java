package io.actormesh.samples.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * Puts server-sent events together from their lines, and remembers what a reader needs to come
 * back: as much of the HTML standard's rules as the front door makes use of. Not thread-safe.
 */
final class EventLines {

  /**
   * An event.
   *
   * @param name {@code message} if it has none
   */
  record Event(String name, String data) {}

  private String name = "";
  private String id = "";
  private String data = "";
  private String lastEventId = "";
  private Duration retry = Duration.ofSeconds(3);

  /** The event that this line completes. */
  Optional<Event> add(String line) {
    if (line.isEmpty()) {
      return dispatch();
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
    switch (field) {
      case "event" -> name = value;
      case "id" -> id = value;
      case "data" -> data = data.isEmpty() ? value : data + '\n' + value;
      case "retry" -> retry = Duration.ofMillis(Long.parseLong(value));
      default -> {
        // A comment, or nothing that is known.
      }
    }
    return Optional.empty();
  }

  /** An event that was not completed is not seen, nor its id: it comes again. */
  void cut() {
    name = "";
    data = "";
    id = lastEventId;
  }

  /** Where to go on; empty before the first event that has an id. */
  String lastEventId() {
    return lastEventId;
  }

  /** How long to wait before coming back. */
  Duration retry() {
    return retry;
  }

  private Optional<Event> dispatch() {
    lastEventId = id;
    Event event = new Event(name.isEmpty() ? "message" : name, data);
    name = "";
    data = "";
    return event.data().isEmpty() ? Optional.empty() : Optional.of(event);
  }
}
