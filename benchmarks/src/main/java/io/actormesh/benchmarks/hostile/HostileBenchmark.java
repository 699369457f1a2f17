package io.actormesh.benchmarks.hostile;

import io.actormesh.benchmarks.calls.Backends;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What requests at a constant rate feel of each attack on the same front door, beside what they
 * feel without it right before; and what the attack leaves in the server's memory while it lasts.
 * The attacker is a JVM of its own on the same machine, whose processors it uses, too. Arguments:
 * seconds of each phase (default 10), names of attacks (default all).
 */
public final class HostileBenchmark {

  private static final double WARM_UP_SECONDS = 15;

  /** Until the attack has its connections. */
  private static final double ONSET_SECONDS = 2;

  private static final String ROW = "%-26s %-32s %8s %8s %8s %8s %6s %7s %9s %9s %9s%n";

  private final int port;
  private final double seconds;

  private HostileBenchmark(int port, double seconds) {
    this.port = port;
    this.seconds = seconds;
  }

  public static void main(String[] arguments) throws Exception {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 10;
    List<String> names =
        List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    Backends.Running door = Backends.run(HostileDoor.class);
    HostileBenchmark benchmark = new HostileBenchmark(Integer.parseInt(door.said()), seconds);
    NormalLoad.run(benchmark.port, WARM_UP_SECONDS);
    System.out.printf(
        "%d requests/s over %d connections; p50 and p99 in ms, memory in MiB%n",
        NormalLoad.PER_SECOND, NormalLoad.CONNECTIONS);
    System.out.printf(
        ROW,
        "attack",
        "intensity",
        "p50",
        "beside",
        "p99",
        "beside",
        "ratio",
        "failed",
        "heap",
        "connects",
        "cut");
    for (Attack attack : Attacks.all()) {
      if (names.isEmpty() || names.contains(attack.name())) {
        benchmark.measure(attack);
      }
    }
    System.exit(0);
  }

  private void measure(Attack attack) throws Exception {
    NormalLoad.Result alone = NormalLoad.run(port, seconds);
    Process attacker = start(attack);
    NormalLoad.run(port, ONSET_SECONDS);
    NormalLoad.Result beside = NormalLoad.run(port, seconds);
    long heap = heap();
    String[] said = end(attacker).split(" ", -1);
    double ratio = beside.millis(99) / alone.millis(99);
    System.out.printf(
        ROW,
        attack.name(),
        attack.intensity(),
        text("%.2f", alone.millis(50)),
        text("%.2f", beside.millis(50)),
        text("%.2f", alone.millis(99)),
        text("%.2f", beside.millis(99)),
        text("%.2f", ratio) + (ratio > 2 ? "!" : ""),
        beside.failed(),
        text("%.1f", heap / 1048576.0),
        said[0],
        said[1]);
    NormalLoad.run(port, ONSET_SECONDS); // what it has left behind goes
  }

  private Process start(Attack attack) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Attacker.class.getName(),
            Integer.toString(port),
            attack.name())
        .redirectError(Redirect.INHERIT)
        .start();
  }

  private static String end(Process attacker) throws IOException, InterruptedException {
    attacker.getOutputStream().write('\n');
    attacker.getOutputStream().flush();
    String said =
        new String(attacker.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    attacker.waitFor();
    return said;
  }

  /** What lives on the server's heap, after a collection. */
  private long heap() throws IOException {
    Connection connection = Connection.patient(port);
    try {
      connection.send(Requests.get(HostileDoor.WEIGH));
      if (connection.status() != 200) {
        throw new IOException(connection.body());
      }
      Matcher heap = Pattern.compile("\"heapBytes\":(\\d+)").matcher(connection.body());
      if (!heap.find()) {
        throw new IOException(connection.body());
      }
      return Long.parseLong(heap.group(1));
    } finally {
      Connection.close(connection);
    }
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
