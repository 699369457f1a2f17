package io.actormesh.benchmarks.ingress;

import io.actormesh.benchmarks.calls.Backends;
import io.actormesh.benchmarks.calls.CpuMeter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The front door, before an instance on the same node and before two other JVMs, beside a bare
 * Pekko HTTP server that answers the same bytes itself; over HTTP/1.1 and HTTP/2. CPU per request
 * is that of all JVMs that serve the contender, without JIT threads. Arguments: seconds of each
 * round (default 6), rounds (default 3). Needs wrk and h2load, and Linux.
 */
public final class IngressBenchmark {

  private static final String QUERY =
      "?text=The+quick+brown+fox+jumps+over+the+lazy+dog+123&number=7";
  private static final String BARE = "bare Pekko HTTP";

  private IngressBenchmark() {}

  /** What is asked, and the processes that answer. */
  private record Contender(String name, LoadTool tool, String url, List<Long> pids) {}

  private record Sample(LoadTool.Load load, double perSecond, double cpuMicros) {}

  public static void main(String[] arguments) throws Exception {
    List<String> missing =
        Stream.of(LoadTool.values()).flatMap(tool -> tool.missing().stream()).toList();
    if (!missing.isEmpty()) {
      missing.forEach(System.err::println);
      System.exit(2);
    }
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 6;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    List<Contender> contenders = start();
    for (Contender contender : contenders) {
      contender.tool().run(contender.url(), seconds);
    }
    List<List<Sample>> samples = new ArrayList<>();
    contenders.forEach(contender -> samples.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        samples.get(i).add(measure(contenders.get(i), seconds));
      }
    }
    print(contenders, samples);
    System.exit(0);
  }

  private static List<Contender> start() throws Exception {
    Backends.Running bare = Backends.run(HttpServers.class, "bare");
    Backends.Running local = Backends.run(HttpServers.class, "local");
    Backends.Running remote = Backends.run(HttpServers.class, "remote");
    int seed = Integer.parseInt(remote.said().split(" ", -1)[1]);
    List<Process> backends = Backends.start("mesh", seed);
    List<Long> behind = new ArrayList<>(List.of(remote.process().pid()));
    backends.forEach(backend -> behind.add(backend.pid()));
    List<Contender> all = new ArrayList<>();
    for (LoadTool tool : LoadTool.values()) {
      all.add(contender(BARE, tool, bare, "/pool", List.of(bare.process().pid())));
      for (String execution : List.of("pool", "loop")) {
        String path = "/" + execution;
        String kind = execution.equals("pool") ? ", dispatcher" : ", event loop";
        all.add(contender("same node" + kind, tool, local, path, List.of(local.process().pid())));
        all.add(contender("other nodes" + kind, tool, remote, path, behind));
      }
    }
    awaitAnswers(all);
    return all;
  }

  private static Contender contender(
      String name, LoadTool tool, Backends.Running server, String path, List<Long> pids) {
    String port = server.said().split(" ", -1)[0];
    return new Contender(name, tool, "http://127.0.0.1:" + port + path + QUERY, pids);
  }

  private static void awaitAnswers(List<Contender> contenders) throws InterruptedException {
    for (Contender contender : contenders) {
      Backends.await(contender.name(), () -> answers(contender));
    }
  }

  private static boolean answers(Contender contender) {
    try {
      LoadTool.Load load = contender.tool().run(contender.url(), 1);
      return load.requests() > 0 && load.failed() == 0;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static Sample measure(Contender contender, int seconds) throws Exception {
    double before = CpuMeter.seconds(contender.pids());
    LoadTool.Load load = contender.tool().run(contender.url(), seconds);
    double cpu = CpuMeter.seconds(contender.pids()) - before;
    return new Sample(load, load.requests() / seconds, cpu * 1e6 / load.requests());
  }

  private static void print(List<Contender> contenders, List<List<Sample>> samples) {
    String row = "%-9s %-24s %8s %8s %8s %12s %8s %7s%n";
    System.out.printf(row, "", "", "req/s", "p50 ms", "p99 ms", "CPU us/req", "of bare", "failed");
    double bare = 0;
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      List<Sample> all = samples.get(i);
      all.sort(Comparator.comparingDouble(Sample::cpuMicros));
      Sample median = all.get(all.size() / 2);
      bare = contender.name().equals(BARE) ? median.cpuMicros() : bare;
      System.out.printf(
          row,
          contender.tool().protocol,
          contender.name(),
          text("%.0f", median.perSecond()),
          text("%.2f", median.load().p50()),
          text("%.2f", median.load().p99()),
          text("%.1f", median.cpuMicros()),
          text("%.2f", median.cpuMicros() / bare),
          text("%.0f", all.stream().mapToDouble(sample -> sample.load().failed()).sum()));
    }
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
