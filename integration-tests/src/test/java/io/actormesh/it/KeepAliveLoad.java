package io.actormesh.it;

import io.actormesh.testkit.jvm.JvmNode;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * HTTP clients that keep their connections, as browsers and proxies do: one that is told {@code
 * Connection: close} goes to another node, and none sends a request twice.
 */
final class KeepAliveLoad {

  private final ExecutorService clients;
  private final JvmNode other;
  private final AtomicInteger answered = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopping;

  private KeepAliveLoad(int clients, JvmNode other) {
    this.clients = Executors.newFixedThreadPool(clients);
    this.other = other;
  }

  /**
   * Starts one client for each of the nodes.
   *
   * @param other where clients go that their node has sent away
   */
  static KeepAliveLoad start(List<JvmNode> nodes, JvmNode other) {
    KeepAliveLoad load = new KeepAliveLoad(nodes.size(), other);
    nodes.forEach(node -> load.clients.execute(() -> load.run(node)));
    return load;
  }

  int count() {
    return answered.get();
  }

  /** Whatever was not answered with 200. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Ends it; returns how many requests were answered well. */
  int stop() throws InterruptedException {
    stopping = true;
    clients.shutdown();
    if (!clients.awaitTermination(30, TimeUnit.SECONDS)) {
      throw new AssertionError("A client still waits for its answer");
    }
    return answered.get();
  }

  private void run(JvmNode node) {
    JvmNode current = node;
    while (!stopping) {
      try (Http connection = new Http(current.uri("/"))) {
        useUp(connection);
      } catch (IOException failed) {
        failures.add(current + ": " + failed);
      }
      current = other;
    }
  }

  /** Sends one request after the other until the server wants no more of them. */
  private void useUp(Http connection) throws IOException {
    boolean open = true;
    while (open && !stopping) {
      Http.Answer answer = connection.post("/probe/work", "{\"millis\":5}");
      if (answer.status() == 200) {
        answered.incrementAndGet();
      } else {
        failures.add(answer.toString());
      }
      open = !answer.closes();
    }
  }
}
