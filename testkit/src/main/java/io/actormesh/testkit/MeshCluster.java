package io.actormesh.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.external.ExternalClient;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.ServiceClients;
import io.actormesh.testkit.MeshClusterBuilder.Description;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.apache.pekko.actor.Address;

/**
 * A mesh of several nodes in this JVM: real actor systems in a real cluster on loopback, each as
 * {@code MeshNode.builder()} makes them, on free ports and with heartbeats that suit a test.
 *
 * <p>Every node has a place, from 0. A node that was killed or drained leaves its place empty until
 * {@link #start} fills it. All methods wait until what they do is done, at most 30 s, and then
 * throw an {@link AssertionError} that says what was seen. Thread-safe.
 */
public final class MeshCluster implements ServiceClients, AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Description description;
  private final Patience patience = new Patience(LIMIT);
  private final NavigableMap<Integer, MeshNode> places = new ConcurrentSkipListMap<>();
  private volatile boolean closed;

  private MeshCluster(Description description) {
    this.description = description;
  }

  /** Starts the description of a mesh, for tests that do without {@link MeshTest}. */
  public static MeshClusterBuilder builder() {
    return new MeshClusterBuilder();
  }

  static MeshCluster start(Description description) {
    MeshCluster mesh = new MeshCluster(description);
    try {
      mesh.restore();
      return mesh;
    } catch (RuntimeException | Error failed) {
      mesh.close();
      throw failed;
    }
  }

  /** A client on the first running node, for callers to whom it does not matter which. */
  @Override
  public <C> ServiceClient<C> client(ServiceContract<C> contract) {
    return first().client(contract);
  }

  /** A client on the first running node. */
  @Override
  public ExternalClient external(String service) {
    return first().external(service);
  }

  /**
   * The node at a place: one that runs, or the last one that did.
   *
   * @throws IllegalArgumentException if there has never been one
   */
  public MeshNode node(int place) {
    MeshNode node = places.get(place);
    if (node == null) {
      throw new IllegalArgumentException(
          "place: " + place + " (expected: one of " + places.keySet() + ")");
    }
    return node;
  }

  /** The nodes that run, in the order of their places. */
  public List<MeshNode> nodes() {
    return places.values().stream().filter(MeshCluster::running).toList();
  }

  /**
   * The address of a path at the HTTP front door of the first running node, such as {@code
   * uri("/greeter/greet")}.
   */
  public URI uri(String path) {
    return uri(first(), path);
  }

  /** The address of a path at a node's HTTP front door. */
  public URI uri(MeshNode node, String path) {
    return URI.create("http://127.0.0.1:" + node.httpPort().orElseThrow() + path);
  }

  /**
   * Adds a node, at the lowest place where none runs, and returns when it is a member and every
   * other node can call its services.
   */
  @CanIgnoreReturnValue
  public synchronized MeshNode start() {
    int place = 0;
    while (places.containsKey(place) && running(places.get(place))) {
      place++;
    }
    fill(List.of(place));
    return node(place);
  }

  /**
   * Ends a node as a crash would: nobody is told, its connections break. Returns when it is gone.
   * The others send it nothing more at once; until they have agreed that it is no member any more
   * some seconds pass, see {@link #awaitMembers}.
   *
   * <p>Where the survivors are no majority, the cluster would stop, as it should; then the kit
   * tells them that the node is gone, as an operator might.
   */
  public void kill(MeshNode node) {
    Address address = Views.address(node);
    end(node, node.kill());
    List<MeshNode> survivors = nodes();
    if (!survivors.isEmpty() && Views.noMajority(survivors, survivors.get(0))) {
      Views.down(survivors.get(0), address);
    }
  }

  /** Lets a node leave as SIGTERM does, without losing a call. Returns when it is gone. */
  public void drain(MeshNode node) {
    end(node, node.drain());
  }

  /**
   * Waits until every running node can choose from so many instances of a service.
   *
   * @param instances that take calls, over all nodes
   */
  public void awaitVisible(String service, int instances) {
    patience.await(
        instances + " instances of " + service,
        () -> firstProblem(node -> Views.instances(node, service, instances)));
  }

  /** Waits until every running node sees exactly so many members, all of them up and reachable. */
  public void awaitMembers(int members) {
    patience.await(members + " members", () -> firstProblem(node -> Views.members(node, members)));
  }

  /** Ends all nodes at once, without a drain, and waits until nothing of them is left. */
  @Override
  public synchronized void close() {
    closed = true;
    await("the end of all nodes", nodes().stream().map(MeshNode::kill).toList());
  }

  /** Brings the mesh back to the places that it started with, all of them filled. */
  synchronized void restore() {
    List<Integer> surplus = places.keySet().stream().filter(p -> p >= description.nodes()).toList();
    surplus.stream().map(places::get).filter(MeshCluster::running).forEach(this::drain);
    places.keySet().removeAll(surplus);
    List<Integer> empty = new ArrayList<>();
    for (int place = 0; place < description.nodes(); place++) {
      if (!places.containsKey(place) || !running(places.get(place))) {
        empty.add(place);
      }
    }
    fill(empty);
    if (!empty.isEmpty() || !surplus.isEmpty()) {
      awaitMembers(description.nodes());
    }
  }

  /** The first node of all makes the cluster, the others join it side by side. */
  private void fill(List<Integer> empty) {
    List<Integer> rest = empty;
    if (!empty.isEmpty() && nodes().isEmpty()) {
      join(empty.subList(0, 1));
      rest = empty.subList(1, empty.size());
    }
    join(rest);
  }

  private void join(Collection<Integer> empty) {
    List<String> seeds = nodes().stream().map(node -> "127.0.0.1:" + node.clusterPort()).toList();
    await(
        "the start of nodes",
        empty.stream()
            .map(place -> description.start(place, seeds).thenAccept(node -> started(place, node)))
            .toList());
  }

  private void started(int place, MeshNode node) {
    places.put(place, node);
    if (closed) {
      var unused = node.kill();
    }
  }

  private MeshNode first() {
    return nodes().stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No node of the mesh runs any more."));
  }

  private Optional<String> firstProblem(Function<MeshNode, Optional<String>> problem) {
    return nodes().stream().flatMap(node -> problem.apply(node).stream()).findFirst();
  }

  private void end(MeshNode node, CompletionStage<?> ended) {
    await("the end of " + node.name(), List.of(ended));
  }

  private void await(String what, List<? extends CompletionStage<?>> stages) {
    CompletableFuture<?>[] all =
        stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
    patience.await(what, CompletableFuture.allOf(all));
  }

  private static boolean running(MeshNode node) {
    return !node.whenTerminated().toCompletableFuture().isDone();
  }
}
