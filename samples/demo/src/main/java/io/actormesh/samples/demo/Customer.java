package io.actormesh.samples.demo;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs one errand at a time, over a keep-alive connection of its own. Goes to another door when one
 * refuses the connection, for then nothing was sent, and when one says that it is about to close.
 * Never repeats a request that may have been sent.
 */
final class Customer {

  private static final Duration REFUSED = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final int number;
  private final HttpClient http;
  private final Doors doors;
  private final Outcomes outcomes;

  Customer(int number, HttpClient http, Doors doors, Outcomes outcomes) {
    this.number = number;
    this.http = http;
    this.doors = doors;
    this.outcomes = outcomes;
  }

  void run(Errand errand) throws InterruptedException {
    long start = System.nanoTime();
    List<Node> order = doors.inOrder(start);
    for (Node door : order) {
      Optional<Verdict> verdict = tryAt(door, errand);
      if (verdict.isPresent()) {
        outcomes.add(outcome(errand, door, start, verdict.get()));
        return;
      }
    }
    Verdict nowhere = new Verdict(Outcome.Ending.LOST, "every door is shut", "no", "");
    outcomes.add(outcome(errand, order.get(0), start, nowhere));
  }

  /** How it ended; nothing if the door was shut. */
  private Optional<Verdict> tryAt(Node door, Errand errand) throws InterruptedException {
    try {
      HttpResponse<String> response = http.send(errand.at(door.http()), BodyHandlers.ofString());
      if (response
          .headers()
          .firstValue("Connection")
          .filter("close"::equalsIgnoreCase)
          .isPresent()) {
        moveOn(door, CLOSING);
      }
      return Optional.of(Verdict.of(response, errand.order()));
    } catch (ConnectException | HttpConnectTimeoutException refused) {
      moveOn(door, REFUSED);
      return Optional.empty();
    } catch (IOException failure) {
      return Optional.of(Verdict.of(failure));
    }
  }

  private void moveOn(Node door, Duration time) {
    doors.shut(door, time, System.nanoTime());
    outcomes.movedOn();
  }

  private Outcome outcome(Errand errand, Node door, long start, Verdict verdict) {
    Errand.@Nullable Order order = errand.order();
    return new Outcome(
        number,
        door.name(),
        errand.operation(),
        order,
        start,
        System.nanoTime(),
        verdict.ending(),
        verdict.code(),
        verdict.started(),
        verdict.detail());
  }
}
