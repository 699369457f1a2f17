package io.actormesh.benchmarks.hostile;

import io.actormesh.benchmarks.hostile.Attack.Held;
import io.actormesh.benchmarks.hostile.Attack.Repeated;
import io.actormesh.benchmarks.hostile.Attack.Step;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The attacks, by what they try to use up. */
final class Attacks {

  private static final Step NOTHING = connection -> {};
  private static final int SMALL_WINDOW = 0;
  private static final int USUAL_WINDOW = 65_535;

  private Attacks() {}

  static List<Attack> all() {
    return List.of(
        held("idle", 2_000, 0.2, NOTHING, NOTHING),
        held("slow head", 500, 1, sends("POST /echo HTTP/1.1\r\nX: "), sends("x")),
        held("slow body", 500, 1, sends(Requests.head("Content-Length: 9999")), sends(" ")),
        held("stream not read", 100, 0.2, gets(HostileDoor.FLOW), NOTHING),
        held(
            "answers not read",
            50,
            10,
            NOTHING,
            posts("{\"text\":\"" + "x".repeat(8_000) + "\",\"number\":7}")),
        held("pipelined", 4, 500, NOTHING, Attacks::pipelined),
        // No attack: what those that follow would cost if they did nothing wrong.
        repeated("harmless", 200, c -> c.send(Requests.ECHO)),
        repeated("head too large", 200, sends("GET / HTTP/1.1\r\nX: " + "x".repeat(64_000))),
        repeated("deep JSON", 200, posts("[".repeat(100_000))),
        repeated("huge number", 200, posts("{\"number\":" + "9".repeat(100_000) + "}")),
        repeated(
            "two lengths", 200, sends(Requests.head("Content-Length: 2\r\nContent-Length: 3"))),
        repeated(
            "length and chunks",
            200,
            sends(Requests.head("Content-Length: 2\r\nTransfer-Encoding: chunked"))),
        repeated("reset in the head", 200, then(sends("POST /echo HT"), Connection::reset)),
        repeated("reset in the answer", 200, then(gets(HostileDoor.FLOW), Connection::reset)),
        new Rapid().attack(),
        http2("CONTINUATION flood", 1_000, continuation(), SMALL_BLOCK),
        http2("PING flood", 5_000, NOTHING, c -> c.send(H2.frame(H2.PING, 0, 0, new byte[8]))),
        http2(
            "SETTINGS flood",
            2_000,
            NOTHING,
            c -> c.send(H2.frame(H2.SETTINGS, 0, 0, new byte[0]))),
        held("HTTP/2 window 0", 20, 5, preface(SMALL_WINDOW), new Rapid()::ask));
  }

  /** A header of no value, which is read and left. */
  private static final Step SMALL_BLOCK =
      c -> c.send(H2.frame(H2.CONTINUATION, 0, 1, Requests.bytes("\0\001x\0".repeat(250))));

  private static Step continuation() {
    return c -> c.send(H2.frame(H2.HEADERS, H2.END_STREAM, 1, new byte[] {(byte) 0x82}));
  }

  private static Attack held(
      String name, int connections, double perSecond, Step begin, Step step) {
    return new Held(name, connections, perSecond, begin, step);
  }

  private static Attack http2(String name, int perSecond, Step begin, Step step) {
    return held("HTTP/2 " + name, 1, perSecond, then(preface(USUAL_WINDOW), begin), step);
  }

  private static Attack repeated(String name, int perSecond, Step step) {
    return new Repeated(name, perSecond, step);
  }

  private static Step preface(int window) {
    return c -> c.send(H2.preface(window));
  }

  private static Step sends(String text) {
    byte[] bytes = Requests.bytes(text);
    return c -> c.send(bytes);
  }

  private static Step posts(String json) {
    byte[] bytes = Requests.post(json);
    return c -> c.send(bytes);
  }

  private static Step gets(String path) {
    byte[] bytes = Requests.get(path);
    return c -> c.send(bytes);
  }

  private static Step then(Step one, Step other) {
    return c -> {
      one.on(c);
      other.on(c);
    };
  }

  /** Sends a request more, and throws away the answers that are there. */
  private static void pipelined(Connection connection) throws IOException {
    connection.send(Requests.ECHO);
    connection.drain();
  }

  /** Requests that are taken back at once (CVE-2023-44487). */
  private static final class Rapid {

    private final AtomicInteger stream = new AtomicInteger(1);

    Attack attack() {
      return http2("rapid reset", 1_000, NOTHING, this::cancelled);
    }

    void cancelled(Connection connection) throws IOException {
      int next = stream.getAndAdd(2);
      connection.send(H2.join(H2.get(next, HostileDoor.FLOW), H2.cancel(next)));
      connection.drain();
    }

    void ask(Connection connection) throws IOException {
      connection.send(H2.get(stream.getAndAdd(2), HostileDoor.FLOW));
    }
  }
}
