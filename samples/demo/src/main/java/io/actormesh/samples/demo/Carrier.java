package io.actormesh.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Brings a parcel through many depots, each of which scans it, and delivers it. Reports again what
 * was not confirmed: the shop writes it down once.
 */
final class Carrier {

  private static final int DEPOTS = 400;
  private static final Duration EVERY = Duration.ofMillis(15);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient http;
  private final URI address;
  private final List<Status> confirmed = new CopyOnWriteArrayList<>();
  private volatile boolean delivered;

  Carrier(HttpClient http, URI address) {
    this.http = http;
    this.address = address;
  }

  void start() {
    Thread thread = new Thread(this::deliver, "carrier");
    thread.setDaemon(true);
    thread.start();
  }

  /** What the shop says it has written down. */
  List<Status> confirmed() {
    return List.copyOf(confirmed);
  }

  boolean delivered() {
    return delivered;
  }

  private void deliver() {
    try {
      for (int depot = 1; depot <= DEPOTS; depot++) {
        report("SCANNED", "depot " + depot);
        TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
      }
      report("DELIVERED", "at the door");
      delivered = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void report(String step, String note) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"step\":\"" + step + "\",\"note\":\"" + note + "\"}"))
            .build();
    while (!confirmed(request)) {
      TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
    }
  }

  private boolean confirmed(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        confirmed.add(Status.of(response.body()));
      }
      return response.statusCode() == 200;
    } catch (IOException notConfirmed) {
      return false;
    }
  }
}
