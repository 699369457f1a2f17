package io.actormesh.samples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Follows an order until it is over, as a browser's {@code EventSource} does: when the stream ends
 * it waits as long as it was told to and comes back with the id that it saw last.
 */
final class Follower {

  /**
   * The stream's end, as it was told.
   *
   * @param code the stable code of the failure
   */
  record Failure(String code, long nanos) {}

  private static final String LAST_STEP = "DELIVERED";

  private final HttpClient http;
  private final URI address;
  private final EventLines lines = new EventLines();
  private final List<Status> seen = new CopyOnWriteArrayList<>();
  private final List<Failure> failures = new CopyOnWriteArrayList<>();
  private final List<String> untold = new CopyOnWriteArrayList<>();
  private volatile boolean over;

  Follower(HttpClient http, URI address) {
    this.http = http;
    this.address = address;
  }

  void start() {
    Thread thread = new Thread(this::follow, "follower");
    thread.setDaemon(true);
    thread.start();
  }

  /** What it was told, in that order. */
  List<Status> seen() {
    return List.copyOf(seen);
  }

  /** The failures that it was told of. */
  List<Failure> failures() {
    return List.copyOf(failures);
  }

  /** The ends that nobody told it the reason of. */
  List<String> untold() {
    return List.copyOf(untold);
  }

  /** Whether it has seen the order's end, or has given up. */
  boolean over() {
    return over;
  }

  private void follow() {
    try {
      while (!over) {
        int before = failures.size();
        read();
        if (!over && failures.size() == before) {
          untold.add("the stream ended after " + seen.size() + " events");
        }
        TimeUnit.NANOSECONDS.sleep(over ? 0 : lines.retry().toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() throws InterruptedException {
    try {
      HttpResponse<Stream<String>> response = http.send(request(), BodyHandlers.ofLines());
      if (response.statusCode() == 200) {
        response.body().forEach(line -> lines.add(line).ifPresent(this::take));
      } else {
        // Here a browser gives up, too.
        untold.add("it was refused with HTTP " + response.statusCode());
        over = true;
      }
    } catch (IOException | UncheckedIOException broken) {
      untold.add(broken.toString());
    }
    lines.cut();
  }

  private HttpRequest request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
    return lines.lastEventId().isEmpty()
        ? request.build()
        : request.header("Last-Event-ID", lines.lastEventId()).build();
  }

  private void take(EventLines.Event event) {
    if (event.name().equals("error")) {
      String code = Status.json(event.data()).path("code").asText();
      failures.add(new Failure(code, System.nanoTime()));
      return;
    }
    seen.add(Status.of(event.data()));
    over = event.name().equals(LAST_STEP);
  }
}
