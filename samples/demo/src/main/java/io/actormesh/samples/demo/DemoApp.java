package io.actormesh.samples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The demo: {@code java -jar demo.jar <storefront.jar> [--keep] [--terminal]}. Ends with 0 if every
 * promise was kept.
 */
public final class DemoApp {

  private final Path logs;
  private final List<Node> nodes;
  private final Outcomes outcomes = new Outcomes();
  private final LiveTable table;
  private final Stage stage;
  private final Report report = new Report();

  private DemoApp(Path jar, boolean terminal) {
    FreePorts ports = new FreePorts(new SplittableRandom());
    this.logs = temporaryDirectory();
    this.nodes = Stream.of("n1", "n2", "n3").map(name -> new Node(name, jar, logs, ports)).toList();
    this.table = new LiveTable(outcomes, System.out, terminal);
    this.stage = new Stage(nodes, new Admin(), outcomes, new Traffic(nodes, outcomes), table);
  }

  public static void main(String[] args) {
    // A request must not be repeated behind our back: how often they fail is what we are here to
    // see.
    System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    List<String> options = List.of(args);
    DemoApp demo = new DemoApp(Path.of(args[0]), options.contains("--terminal"));
    Runtime.getRuntime().addShutdownHook(new Thread(demo::endNodes, "end-nodes"));
    boolean kept = demo.run();
    if (options.contains("--keep")) {
      demo.keep();
    }
    System.exit(kept ? 0 : 1);
  }

  private boolean run() {
    long start = System.nanoTime();
    ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    Future<?> ticking = ticker.scheduleAtFixedRate(table::tick, 1, 1, TimeUnit.SECONDS);
    playAll(acts());
    stage.traffic().stop();
    ticking.cancel(false);
    ticker.shutdown();
    table.erase();
    return conclude(Window.of(outcomes.all()), Duration.ofNanos(System.nanoTime() - start));
  }

  private List<Act> acts() {
    Books books = new Books();
    long[] lastStocktake = {System.nanoTime()};
    return List.of(
        new JoinAct(),
        new KillAct(nodes.get(1)),
        new FollowAct(),
        new StocktakeAct(books, lastStocktake),
        new DrainAct(nodes.get(2)),
        new StocktakeAct(books, lastStocktake));
  }

  /** After a broken promise the later acts would only repeat it. */
  private void playAll(List<Act> acts) {
    for (Act act : acts) {
      table.say("Act: " + act.title());
      Act.ActReport played = act.play(stage);
      report.add(act.title(), played);
      if (outcomes.all().isEmpty()) {
        return;
      }
    }
  }

  private boolean conclude(Window all, Duration running) {
    List<String> broken = report.broken(all);
    System.out.println();
    report.lines(all, running).forEach(System.out::println);
    System.out.println();
    if (broken.isEmpty()) {
      System.out.println("Every promise was kept.");
      return true;
    }
    System.out.println("Promises were BROKEN:");
    broken.forEach(promise -> System.out.println("  " + promise));
    System.out.println("What the nodes say: " + logs + "/*.log");
    return false;
  }

  /** Leaves the mesh up until the user has seen enough. */
  private void keep() {
    nodes.stream().filter(node -> !node.alive()).forEach(stage::start);
    Node first = nodes.get(0);
    System.out.println();
    System.out.println("The mesh stays up until Ctrl-C. Try:");
    for (String line :
        List.of(
            "curl -s " + first.http() + "/catalog",
            "curl -s "
                + nodes.get(1).http()
                + "/checkout -H 'Content-Type: application/json'"
                + " -d '{\"orderId\":\"mine\",\"lines\":[{\"sku\":\"mug\",\"quantity\":2}]}'",
            "curl -sN " + first.http() + "/orders/mine/status -H 'Accept: text/event-stream'",
            "curl -s " + first.admin() + "/mesh/v1/graph",
            "curl -s " + first.admin() + "/mesh/v1/services/pricing",
            "curl -s " + first.admin() + "/mesh/v1/policies/pricing",
            "kill -9 " + nodes.get(1).pid() + "   # " + nodes.get(1).name())) {
      System.out.println("  " + line);
    }
    System.out.println("What the nodes say: " + logs + "/*.log");
    nodes.get(0).awaitEnd(Duration.ofDays(365));
  }

  private void endNodes() {
    nodes.stream().filter(Node::alive).forEach(Node::kill);
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("actormesh-demo-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
