package io.actormesh.benchmarks.streams;

import io.actormesh.benchmarks.calls.Backends;
import io.actormesh.benchmarks.calls.BenchConfig;
import io.actormesh.benchmarks.calls.CpuMeter;
import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.node.MeshNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;

/**
 * One stream at a time between two JVMs, replied and sent, small elements and such of 1 KiB: the
 * mesh beside Pekko's StreamRefs, in interleaved rounds. CPU counts both JVMs of the contender,
 * without JIT threads. Then what streams cost whose readers have stopped.
 *
 * <p>Arguments: seconds of warm-up per row (default 5), seconds per measurement (default 5), rounds
 * (default 3).
 */
public final class StreamBenchmark {

  private static final int STOPPED = 100;
  private static final int KIB_OF_TEXT = 1000;

  private final List<Row> rows = new ArrayList<>();
  private final ServiceClient<Drops.Command> drops;
  private final MeshNode node;

  private StreamBenchmark(MeshNode node) {
    this.node = node;
    this.drops = node.client(Drops.CONTRACT).withDeadline(Duration.ofMinutes(1));
  }

  @FunctionalInterface
  private interface Transfer {
    CompletionStage<Long> run(int characters, Duration time);
  }

  private record Contender(String name, Transfer transfer, Process backend) {}

  private record Row(String contender, int characters, double perSecond, double cpuMicros) {}

  public static void main(String[] arguments) throws Exception {
    int rawPort = freePort();
    ActorSystem<RawStreams.Command> router = RawStreams.client(rawPort);
    Process raw = Backends.backend("pekko-streams", rawPort);
    MeshNode node =
        MeshNode.builder()
            .config(BenchConfig.mesh())
            .environment(Map.of("MESH_PORT", "0", "MESH_HTTP_PORT", "", "MESH_ADMIN_PORT", "0"))
            .start();
    Process mesh = Backends.backend("mesh", node.clusterPort());
    Backends.await(
        "the mesh's backend", () -> !node.services().lookup(Drops.CONTRACT.name()).isEmpty());
    Thread.sleep(5000);
    StreamBenchmark benchmark = new StreamBenchmark(node);
    List<Contender> contenders =
        List.of(
            new Contender("pekko-reply", (size, time) -> RawStreams.read(router, size, time), raw),
            new Contender("mesh-reply", benchmark::read, mesh),
            new Contender("pekko-argument", (size, t) -> RawStreams.send(router, size, t), raw),
            new Contender("mesh-argument", benchmark::send, mesh));
    double seconds = argument(arguments, 1, 5);
    for (Contender contender : contenders) {
      benchmark.once(contender, 0, argument(arguments, 0, 5));
      benchmark.once(contender, KIB_OF_TEXT, argument(arguments, 0, 5) / 2);
    }
    benchmark.rows.clear();
    for (int round = 0; round < (int) argument(arguments, 2, 3); round++) {
      for (Contender contender : contenders) {
        benchmark.once(contender, 0, seconds);
        benchmark.once(contender, KIB_OF_TEXT, seconds);
      }
    }
    benchmark.print();
    benchmark.stopReading();
    raw.destroyForcibly();
    mesh.destroyForcibly();
    System.exit(0);
  }

  private CompletionStage<Long> read(int characters, Duration time) {
    return drops
        .<Source<Drops.Drop, NotUsed>>ask(replyTo -> new Drops.Flow(characters, replyTo))
        .thenCompose(
            source ->
                source.takeWithin(time).runFold(0L, (count, drop) -> count + 1, node.system()));
  }

  private CompletionStage<Long> send(int characters, Duration time) {
    return drops.ask(replyTo -> new Drops.Take(Drops.source(characters).takeWithin(time), replyTo));
  }

  private void once(Contender contender, int characters, double seconds) throws Exception {
    List<Long> pids = List.of(ProcessHandle.current().pid(), contender.backend().pid());
    double before = CpuMeter.seconds(pids);
    long start = System.nanoTime();
    long elements =
        contender
            .transfer()
            .run(characters, Duration.ofMillis((long) (seconds * 1000)))
            .toCompletableFuture()
            .get(2, TimeUnit.MINUTES);
    double took = (System.nanoTime() - start) / 1e9;
    double cpu = CpuMeter.seconds(pids) - before;
    rows.add(new Row(contender.name(), characters, elements / took, cpu * 1e6 / elements));
  }

  private void print() {
    System.out.printf(
        Locale.ROOT, "%-16s %6s %12s %12s%n", "contender", "text", "elements/s", "CPU us each");
    for (int characters : new int[] {0, KIB_OF_TEXT}) {
      rows.stream()
          .map(Row::contender)
          .distinct()
          .map(name -> median(name, characters))
          .forEach(StreamBenchmark::print);
    }
  }

  private static void print(Row row) {
    System.out.printf(
        Locale.ROOT,
        "%-16s %6d %12.0f %12.2f%n",
        row.contender(),
        row.characters(),
        row.perSecond(),
        row.cpuMicros());
  }

  /** The round whose CPU per element is the median. */
  private Row median(String contender, int characters) {
    List<Row> own =
        rows.stream()
            .filter(row -> row.contender().equals(contender) && row.characters() == characters)
            .sorted(Comparator.comparingDouble(Row::cpuMicros))
            .toList();
    return own.get(own.size() / 2);
  }

  /** Opens streams of 1 KiB elements, takes one element of each, and weighs both JVMs. */
  private void stopReading() throws Exception {
    Drops.Weight serving = weigh();
    Drops.Weight reading = Drops.weight();
    List<SinkQueueWithCancel<Drops.Drop>> stopped = new ArrayList<>();
    for (int i = 0; i < STOPPED; i++) {
      SinkQueueWithCancel<Drops.Drop> reader =
          drops
              .<Source<Drops.Drop, NotUsed>>ask(replyTo -> new Drops.Flow(KIB_OF_TEXT, replyTo))
              .get(1, TimeUnit.MINUTES)
              .toMat(Sink.queue(1), Keep.right())
              .withAttributes(Attributes.inputBuffer(1, 1))
              .run(node.system());
      reader.pull().toCompletableFuture().get(1, TimeUnit.MINUTES);
      stopped.add(reader);
    }
    Thread.sleep(5000);
    Drops.Weight servingThen = weigh();
    Drops.Weight readingThen = Drops.weight();
    System.out.printf(
        Locale.ROOT,
        "each of %d streams whose reader has stopped: %d elements made ahead;%n"
            + "KiB at the producer: heap %d, buffers %d; at the reader: heap %d, buffers %d%n",
        STOPPED,
        (servingThen.made() - serving.made()) / STOPPED,
        kibEach(serving.heapBytes(), servingThen.heapBytes()),
        kibEach(serving.directBytes(), servingThen.directBytes()),
        kibEach(reading.heapBytes(), readingThen.heapBytes()),
        kibEach(reading.directBytes(), readingThen.directBytes()));
    stopped.forEach(SinkQueueWithCancel::cancel);
  }

  private Drops.Weight weigh() throws Exception {
    return drops.<Drops.Weight>ask(Drops.Weigh::new).get(1, TimeUnit.MINUTES);
  }

  private static long kibEach(long before, long after) {
    return (after - before) / STOPPED / 1024;
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
