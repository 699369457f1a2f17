package io.actormesh.benchmarks.registry;

import io.actormesh.benchmarks.registry.WireMeter.Kind;
import io.actormesh.benchmarks.registry.WireMeter.Reading;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.Subscription;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * What the registry costs with so many nodes, of 100 instances each: bytes and messages for the
 * change of one instance's state, in the whole cluster, and memory. All nodes are actor systems of
 * this JVM that talk over TCP on loopback. Figures of bytes say something on a busy machine, too;
 * those of time do not.
 */
public final class RegistryBenchmark {

  private static final int CHANGES = 20;
  private static final int PATIENCE_SECONDS = 300;
  private static final int JOINING_AT_ONCE = 10;

  private final List<RegistryNode> nodes = new ArrayList<>();

  private RegistryBenchmark() {}

  /** Runs the sizes given; 10, 50 and 100 if none is. */
  public static void main(String[] args) throws Exception {
    int[] sizes =
        args.length == 0
            ? new int[] {10, 50, 100}
            : Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    System.out.println(
        "| nodes | direct messages per change | direct KB per change | Distributed Data KB per"
            + " change | of an entry's KB | seen by all p50 ms | max ms | idle: Distributed Data"
            + " B/s per node | idle: membership B/s per node | heap MiB per node | of it entries"
            + " KiB per node |");
    for (int size : sizes) {
      RegistryBenchmark benchmark = new RegistryBenchmark();
      try {
        benchmark.run(size);
      } finally {
        benchmark.stop();
      }
    }
    System.exit(0);
  }

  private void run(int size) throws Exception {
    long empty = heap();
    start(size);
    settle(3);
    long joined = heap();
    Reading beforeEntries = WireMeter.read();
    all(nodes.stream().map(node -> node.registry().publish(RegistryNode::offering)).toList());
    Reading afterEntries = WireMeter.read();
    settle(4);
    long full = heap();
    Reading idle = WireMeter.read();
    settle(5);
    Reading begin = WireMeter.read();
    double sharedPerSecond = begin.bytes(Kind.SHARED, idle) / 5.0;
    double clusterPerSecond = begin.bytes(Kind.CLUSTER, idle) / 5.0;

    long since = System.nanoTime();
    double[] millis = new double[CHANGES];
    for (int change = 0; change < CHANGES; change++) {
      millis[change] = change(change);
      pause(250);
    }
    settle(5);
    double seconds = (System.nanoTime() - since) / 1e9;
    Reading end = WireMeter.read();

    Arrays.sort(millis);
    double shared = end.bytes(Kind.SHARED, begin) - sharedPerSecond * seconds;
    double entry =
        afterEntries.bytes(Kind.DIRECT, beforeEntries) / (double) (size * (size - 1L)) / 1e3;
    System.out.printf(
        Locale.ROOT,
        "| %d | %.0f | %.1f | %.1f | %.1f | %.1f | %.1f | %.0f | %.0f | %.1f | %.0f |%n",
        size,
        end.messages(Kind.DIRECT, begin) / (double) CHANGES,
        end.bytes(Kind.DIRECT, begin) / 1e3 / CHANGES,
        shared / 1e3 / CHANGES,
        entry,
        millis[CHANGES / 2],
        millis[CHANGES - 1],
        sharedPerSecond / size,
        clusterPerSecond / size,
        (full - empty) / 1048576.0 / size,
        (full - joined) / 1024.0 / size);
  }

  private void start(int size) throws Exception {
    for (int number = 0; number < size; ) {
      int now = number == 0 ? 1 : Math.min(JOINING_AT_ONCE, size - number);
      List<RegistryNode> joining = new ArrayList<>();
      for (int i = 0; i < now; i++) {
        joining.add(RegistryNode.start(number++, nodes));
      }
      nodes.addAll(joining);
      all(joining.stream().map(RegistryNode::join).toList());
    }
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!nodes.stream().allMatch(node -> node.knows(size))) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("The nodes do not find each other.");
      }
      pause(100);
    }
  }

  /** Changes one instance; answers the milliseconds until every node has seen it. */
  private double change(int change) throws InterruptedException {
    RegistryNode node = nodes.get(change * 7 % nodes.size());
    NodeId id = node.id();
    long revision = node.registry().snapshot().entry(id).orElseThrow().revision() + 1;
    CountDownLatch seen = new CountDownLatch(nodes.size());
    List<Subscription> subscriptions = new ArrayList<>();
    for (RegistryNode other : nodes) {
      AtomicBoolean once = new AtomicBoolean();
      subscriptions.add(
          other
              .registry()
              .subscribe(
                  snapshot -> {
                    if (snapshot.entry(id).filter(e -> e.revision() >= revision).isPresent()
                        && once.compareAndSet(false, true)) {
                      seen.countDown();
                    }
                  }));
    }
    long since = System.nanoTime();
    var unused = node.registry().publish(entry -> RegistryNode.changed(entry, change));
    if (!seen.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(seen.getCount() + " nodes have not seen the change.");
    }
    double millis = (System.nanoTime() - since) / 1e6;
    subscriptions.forEach(Subscription::close);
    return millis;
  }

  private void stop() throws Exception {
    all(nodes.stream().map(RegistryNode::stop).toList());
  }

  private static void settle(int seconds) throws InterruptedException {
    pause(seconds * 1000);
  }

  private static void pause(int millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
  }

  private static void all(List<? extends CompletionStage<?>> stages) throws Exception {
    for (CompletionStage<?> stage : stages) {
      stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Bytes in use after a collection. */
  private static long heap() {
    IntStream.range(0, 3).forEach(i -> ManagementFactory.getMemoryMXBean().gc());
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
