package io.actormesh.samples.demo;

import io.actormesh.samples.demo.Follower.Failure;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Customers follow an order, and a node that serves their streams dies. They are told within {@link
 * #TOLD_WITHIN}, come back, and see every event once. The events outlive the node because all nodes
 * share the shop's log of orders, a file here; a real shop has a database or a message broker.
 */
final class FollowAct implements Act {

  private static final String ORDER = "followed";
  private static final String LOST = "MESH-ENDPOINT-LOST";
  private static final int FOLLOWERS = 9;
  private static final int ROUNDS = 5;
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration STEADY = Duration.ofSeconds(2);
  private static final Duration TO_DELIVER = Duration.ofSeconds(30);
  private static final Duration TO_HEAL = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();
  private final List<Follower> followers = new ArrayList<>();

  @Override
  public String title() {
    return "follow an order while the node that tells of it is killed";
  }

  @Override
  public ActReport play(Stage stage) {
    Node door = stage.nodes().get(0);
    URI address = door.http().resolve("/orders/" + ORDER + "/status");
    if (!place(stage)) {
      return new ActReport(List.of(), List.of("The order to be followed was not placed."));
    }
    Optional<Node> victim = followElsewhere(stage, door, address);
    return victim.isEmpty()
        ? new ActReport(List.of(), List.of("No stream came from another node than the door's."))
        : follow(stage, victim.get(), address);
  }

  private boolean place(Stage stage) {
    Doors doors = new Doors(stage.nodes(), 0, System.nanoTime());
    try {
      new Customer(-1, http, doors, stage.outcomes()).run(Errand.order("mug", 1, ORDER));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return stage.outcomes().all().stream()
        .filter(outcome -> outcome.ending() == Outcome.Ending.ANSWERED)
        .anyMatch(outcome -> outcome.order() != null && outcome.order().id().equals(ORDER));
  }

  /** Has customers follow, through one door, until another node serves some of them. */
  private Optional<Node> followElsewhere(Stage stage, Node door, URI address) {
    Optional<Node> busiest = Optional.empty();
    for (int round = 0; round < ROUNDS && busiest.isEmpty(); round++) {
      List<Follower> more =
          IntStream.range(0, FOLLOWERS).mapToObj(i -> new Follower(http, address)).toList();
      more.forEach(Follower::start);
      followers.addAll(more);
      stage.await(
          PATIENCE,
          () -> open(stage, door).values().stream().mapToLong(n -> n).sum() >= followers.size());
      Map<String, Long> open = open(stage, door);
      busiest =
          stage.nodes().stream()
              .filter(node -> node != door && open.getOrDefault(node.name(), 0L) > 0)
              .max(Comparator.comparing(node -> open.get(node.name())));
    }
    return busiest;
  }

  private static Map<String, Long> open(Stage stage, Node door) {
    return stage.admin().openStreams(door, "orders");
  }

  private ActReport follow(Stage stage, Node victim, URI address) {
    Carrier carrier = new Carrier(http, address);
    carrier.start();
    stage.linger(STEADY);
    long served = open(stage, stage.nodes().get(0)).getOrDefault(victim.name(), 0L);
    stage.table().say("  " + victim.name() + " is killed, which tells " + served + " of them");
    long killed = System.nanoTime();
    victim.kill();
    stage.linger(STEADY);
    stage.start(victim);
    stage.await(TO_DELIVER, carrier::delivered);
    stage.await(PATIENCE, () -> followers.stream().allMatch(Follower::over));
    boolean healed = stage.awaitWhole(TO_HEAL);
    List<Status> book = stage.admin().statuses(address);
    List<String> broken = new ArrayList<>();
    told(served, killed, broken);
    seen(carrier, book, broken);
    if (!healed) {
      broken.add("The mesh had not healed " + Text.seconds(TO_HEAL) + " after the restart.");
    }
    return new ActReport(story(victim, killed, book), broken);
  }

  private void told(long served, long killed, List<String> broken) {
    List<Failure> failures = failures();
    if (failures.size() != served || failures.stream().anyMatch(f -> !f.code().equals(LOST))) {
      broken.add(
          served + " streams were lost, but followers were told of " + codes(failures) + ".");
    }
    if (slowest(failures, killed).compareTo(TOLD_WITHIN) > 0) {
      broken.add(
          "Followers were told of the loss only after "
              + Text.millis(slowest(failures, killed))
              + ".");
    }
    followers.stream()
        .flatMap(follower -> follower.untold().stream())
        .distinct()
        .forEach(end -> broken.add("A stream ended without a reason: " + end + "."));
  }

  private void seen(Carrier carrier, List<Status> book, List<String> broken) {
    if (!carrier.delivered() || !book.containsAll(carrier.confirmed())) {
      broken.add("The book does not have what was confirmed to the carrier.");
    }
    Set<String> wrong = new HashSet<>();
    followers.forEach(follower -> wrong.addAll(ExactlyOnce.wrong(follower.seen(), book)));
    wrong.forEach(sentence -> broken.add("Of a followed order: " + sentence));
  }

  private List<String> story(Node victim, long killed, List<Status> book) {
    List<Failure> failures = failures();
    return List.of(
        Text.count(followers.size(), "customer", "customers")
            + " followed an order as server-sent events through one door; "
            + victim.name()
            + ", which told "
            + failures.size()
            + " of them, was killed.",
        "They had "
            + LOST
            + " at the latest "
            + Text.millis(slowest(failures, killed))
            + " after its death (promised: "
            + Text.seconds(TOLD_WITHIN)
            + "), and came back with Last-Event-ID.",
        "The order's book has "
            + Text.count(book.size(), "event", "events")
            + "; together they saw "
            + followers.stream().mapToInt(follower -> follower.seen().size()).sum()
            + ", which must be each of them once for each customer, in order: "
            + followers.size() * book.size()
            + ".");
  }

  private List<Failure> failures() {
    return followers.stream().flatMap(follower -> follower.failures().stream()).toList();
  }

  private static List<String> codes(List<Failure> failures) {
    return failures.stream().map(Failure::code).toList();
  }

  private static Duration slowest(List<Failure> failures, long killed) {
    return Duration.ofNanos(
        failures.stream().mapToLong(failure -> failure.nanos() - killed).max().orElse(0));
  }
}
