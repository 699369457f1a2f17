package io.actormesh.testkit.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A mesh of several JVMs on this machine, forked with the test's own class path. Each runs a main
 * class that starts a node from its {@code MESH_*} variables; this class sets names, ports and
 * seeds. Thread-safe.
 *
 * <pre>{@code
 * try (JvmMesh mesh = JvmMesh.of(Shop.class, 3)) {
 *   List<JvmNode> nodes = mesh.start("a", "b", "c");
 *   nodes.get(1).kill9();
 * }
 * }</pre>
 *
 * <p>Closing ends every process by its id. They also end when the test's JVM does, even if that was
 * killed: each watches its standard input. What they print goes to files that are read for a
 * failure's message and deleted in the end. Needs a Unix {@code kill} for signals.
 */
public final class JvmMesh implements AutoCloseable {

  /** Cold JVMs on a busy machine need their time. */
  public static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Class<?> main;
  private final FreePorts ports = new FreePorts();
  private final List<Integer> clusterPorts;
  private final Path logs;
  private final Map<String, String> common = new TreeMap<>();
  private final List<JvmNode> nodes = new CopyOnWriteArrayList<>();
  private final Thread onExit = new Thread(this::endAll, "jvm-mesh-end");
  private int launched;

  private JvmMesh(Class<?> main, int seeds) {
    this.main = main;
    this.clusterPorts = IntStream.range(0, seeds).mapToObj(seed -> ports.next()).toList();
    try {
      this.logs = Files.createTempDirectory("jvm-mesh");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    common.put("MESH_SEEDS", seeds());
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /**
   * A mesh without any JVM yet.
   *
   * @param main the main class of its JVMs
   * @param seeds how many of those launched first are seeds; at least 1
   */
  public static JvmMesh of(Class<?> main, int seeds) {
    return new JvmMesh(main, seeds);
  }

  /** The seeds, as {@code MESH_SEEDS} wants them: for a node of this JVM that joins, too. */
  public String seeds() {
    return clusterPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** Describes one more JVM. The first ones are the seeds. */
  public JvmNodeBuilder node(String name) {
    return new JvmNodeBuilder(this, name, main, ports);
  }

  /** Forks JVMs side by side, and returns when all of them are ready. */
  public List<JvmNode> start(String... names) {
    return start(Stream.of(names).map(this::node).toList());
  }

  /** Forks JVMs side by side, and returns when all of them are ready. */
  public List<JvmNode> start(List<JvmNodeBuilder> described) {
    List<JvmNode> started = described.stream().map(JvmNodeBuilder::launch).toList();
    started.forEach(node -> node.awaitReady(START_LIMIT));
    return started;
  }

  /** All JVMs forked so far, also those that have ended. */
  public List<JvmNode> nodes() {
    return List.copyOf(nodes);
  }

  /** What all JVMs have printed, each under its name. */
  public String logs() {
    return nodes.stream()
        .map(node -> "----- " + node + "\n" + node.log())
        .collect(Collectors.joining("\n"));
  }

  /** Ends all processes and waits for that. */
  @Override
  public void close() {
    endAll();
    nodes.forEach(node -> node.awaitEnd(Duration.ofSeconds(10)));
    Runtime.getRuntime().removeShutdownHook(onExit);
    deleteLogs();
  }

  synchronized JvmNode launch(JvmNodeBuilder described) {
    Map<String, String> environment = new TreeMap<>(common);
    environment.put("MESH_PORT", Integer.toString(clusterPort()));
    JvmNode node = described.fork(environment, logs.resolve(launched + "-" + described.name()));
    launched++;
    nodes.add(node);
    return node;
  }

  private int clusterPort() {
    return launched < clusterPorts.size() ? clusterPorts.get(launched) : ports.next();
  }

  private void endAll() {
    nodes.forEach(JvmNode::end);
  }

  private void deleteLogs() {
    try (Stream<Path> files = Files.walk(logs)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
