package io.actormesh.benchmarks.calls;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.node.MeshNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Calls from one JVM to two others, closed loop, at 1, 64 and 512 outstanding: raw Pekko (typed ask
 * through a group router), the mesh on its default dispatcher, the mesh on the event loop. Rounds
 * are interleaved, so that what else the machine does meets all alike. CPU per call counts client
 * and backends of the contender, without JIT threads.
 *
 * <p>Arguments: seconds of warm-up per contender (default 12), seconds per measurement (default 5),
 * rounds (default 3).
 */
public final class CallBenchmark {

  private static final int[] OUTSTANDING = {64, 512, 1};

  private final double seconds;
  private final int rounds;
  private final List<Row> rows = new ArrayList<>();

  private record Row(
      String contender, int outstanding, ClosedLoop.Result result, double cpuMicros) {}

  private CallBenchmark(double seconds, int rounds) {
    this.seconds = seconds;
    this.rounds = rounds;
  }

  public static void main(String[] arguments) throws Exception {
    double warmUp = argument(arguments, 0, 12);
    double seconds = argument(arguments, 1, 5);
    int rounds = (int) argument(arguments, 2, 3);
    int rawPort = freePort();
    ActorSystem<Echo.Command> router = RawPekko.client(rawPort);
    List<Process> raw = Backends.start("pekko", rawPort);
    MeshNode node =
        MeshNode.builder()
            .config(BenchConfig.mesh())
            .environment(Map.of("MESH_PORT", "0", "MESH_HTTP_PORT", "", "MESH_ADMIN_PORT", "0"))
            .start();
    List<Process> mesh = Backends.start("mesh", node.clusterPort());
    Backends.await(
        "the mesh's backends",
        () -> endpoints(node, Echo.POOL) == 2 && endpoints(node, Echo.LOOP) == 2);
    List<Contender> contenders =
        List.of(
            new Contender("pekko-ask-router", RawPekko.calls(router), raw),
            new Contender("mesh-dispatcher", meshCalls(node.client(Echo.POOL)), mesh),
            new Contender("mesh-event-loop", meshCalls(node.client(Echo.LOOP)), mesh));
    Contender pekko = contenders.get(0);
    Backends.await("raw Pekko's routees", () -> ClosedLoop.run(pekko, 1, 0.2).failures() == 0);
    System.out.println("warming up: " + warmUp + " s each");
    for (Contender contender : contenders) {
      ClosedLoop.run(contender, 64, warmUp / 2);
      ClosedLoop.run(contender, 512, warmUp / 2);
    }
    CallBenchmark benchmark = new CallBenchmark(seconds, rounds);
    benchmark.measure(contenders);
    benchmark.print();
    Stream.concat(raw.stream(), mesh.stream()).forEach(Process::destroyForcibly);
    System.exit(0);
  }

  private void measure(List<Contender> contenders) {
    for (int outstanding : OUTSTANDING) {
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < contenders.size(); i++) {
          // There and back again, so that no contender is always the first.
          int turn = round % 2 == 0 ? i : contenders.size() - 1 - i;
          rows.add(once(contenders.get(turn), outstanding));
        }
      }
    }
  }

  private Row once(Contender contender, int outstanding) {
    List<Long> pids = new ArrayList<>(List.of(ProcessHandle.current().pid()));
    contender.backends().forEach(backend -> pids.add(backend.pid()));
    double before = CpuMeter.seconds(pids);
    ClosedLoop.Result result = ClosedLoop.run(contender, outstanding, seconds);
    double cpu = CpuMeter.seconds(pids) - before;
    return new Row(
        contender.name(), outstanding, result, cpu * 1e6 / result.latencyNanos().getTotalCount());
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%-18s %5s %10s %9s %9s %9s %8s %8s%n",
        "contender",
        "N",
        "calls/s",
        "p50 us",
        "p99 us",
        "CPU us",
        "vs raw",
        "failed");
    for (int outstanding : OUTSTANDING) {
      double raw = median("pekko-ask-router", outstanding).cpuMicros();
      rows.stream().map(Row::contender).distinct().forEach(name -> print(name, outstanding, raw));
    }
  }

  private void print(String contender, int outstanding, double raw) {
    Row row = median(contender, outstanding);
    System.out.printf(
        Locale.ROOT,
        "%-18s %5d %10.0f %9.0f %9.0f %9.2f %7.2fx %8d%n",
        contender,
        outstanding,
        row.result().perSecond(),
        row.result().micros(50),
        row.result().micros(99),
        row.cpuMicros(),
        row.cpuMicros() / raw,
        row.result().failures());
  }

  /** The round whose CPU per call is the median. */
  private Row median(String contender, int outstanding) {
    List<Row> own =
        rows.stream()
            .filter(row -> row.contender().equals(contender) && row.outstanding() == outstanding)
            .sorted((a, b) -> Double.compare(a.cpuMicros(), b.cpuMicros()))
            .toList();
    return own.get(own.size() / 2);
  }

  private static IntFunction<CompletionStage<Echo.Said>> meshCalls(
      ServiceClient<Echo.Command> client) {
    return number -> client.ask(replyTo -> new Echo.Say(Echo.TEXT, number, replyTo));
  }

  private static long endpoints(MeshNode node, ServiceContract<?> contract) {
    return node.services().lookup(contract.name()).stream()
        .filter(endpoint -> endpoint.selectable())
        .count();
  }

  private static double argument(String[] arguments, int index, double otherwise) {
    return index < arguments.length ? Double.parseDouble(arguments[index]) : otherwise;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
