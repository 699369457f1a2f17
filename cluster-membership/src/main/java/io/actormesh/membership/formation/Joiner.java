package io.actormesh.membership.formation;

import io.actormesh.membership.MembershipException;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.Subscription;
import io.actormesh.membership.publication.Published;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContextExecutor;

/** One attempt of a node to become a member, from the first look-up to success or time-out. */
public final class Joiner {

  private static final Logger LOG = LoggerFactory.getLogger(Joiner.class);

  private final ActorSystem<?> system;
  private final Published<MembershipView> view;
  private final FormationSettings settings;
  private final Executor callbacks;
  private final HostPort self;
  private final Supplier<CompletionStage<List<HostPort>>> contactPoints;
  private final Introductions introductions;
  private final CompletableFuture<MembershipView> joined = new CompletableFuture<>();
  private final AtomicReference<Attempt> last = new AtomicReference<>(Attempt.NONE);

  private Joiner(
      ActorSystem<?> system,
      Published<MembershipView> view,
      FormationSettings settings,
      Executor callbacks) {
    this.system = system;
    this.view = view;
    this.settings = settings;
    this.callbacks = callbacks;
    this.self = HostPort.of(Cluster.get(system).selfMember().address());
    this.contactPoints = contactPoints(settings.method());
    this.introductions = new Introductions(system);
  }

  private Supplier<CompletionStage<List<HostPort>>> contactPoints(FormationMethod method) {
    return method instanceof DiscoveredNodes nodes
        ? new DiscoveredAddresses(system, nodes)
        : () -> ((ListedNodes) method).contactPoints(self);
  }

  /**
   * Joins. The stage completes on the executor, with the first view in which this node is up (or
   * weakly up). It fails with {@link JoinFailed} at the join time-out, after which the actor system
   * shuts down with the reason "cluster join unsuccessful", or when the node stops before.
   */
  public static CompletionStage<MembershipView> join(
      ActorSystem<?> system,
      Published<MembershipView> view,
      FormationSettings settings,
      Executor callbacks) {
    Joiner joiner = new Joiner(system, view, settings, callbacks);
    joiner.start();
    return joiner.joined;
  }

  private void start() {
    LOG.info("Joining as {} by {}", self, settings.method().describe());
    if (settings.method() instanceof DiscoveredNodes) {
      ClusterBootstrap.get(system).start();
    }
    Subscription subscription = view.subscribe(this::onView);
    Cancellable deadline =
        system.scheduler().scheduleOnce(settings.joinTimeout(), this::giveUp, dispatcher());
    Cancellable lookups = every(settings.lookupInterval(), this::lookUp);
    system.getWhenTerminated().thenRun(this::onTerminated);
    joined
        .whenComplete(
            (up, e) -> {
              subscription.close();
              deadline.cancel();
              lookups.cancel();
            })
        .exceptionally(e -> null);
  }

  private Cancellable every(Duration interval, Runnable action) {
    return system.scheduler().scheduleWithFixedDelay(Duration.ZERO, interval, action, dispatcher());
  }

  private void onView(MembershipView current) {
    current
        .selfMember()
        .filter(member -> member.status().started())
        .ifPresent(member -> joined.completeAsync(() -> current, callbacks));
  }

  private void lookUp() {
    if (view.get().selfMember().isPresent() || joined.isDone()) {
      return;
    }
    try {
      contactPoints.get().whenComplete(this::onContactPoints);
    } catch (RuntimeException e) {
      onContactPoints(null, e);
    }
  }

  private void onContactPoints(@Nullable List<HostPort> points, @Nullable Throwable problem) {
    if (points == null) {
      String why = describe(problem);
      LOG.warn("Look-up by {} failed: {}", settings.method().describe(), why);
      last.updateAndGet(attempt -> attempt.failed(why));
    } else if (points.isEmpty()) {
      last.updateAndGet(attempt -> attempt.failed("it named none"));
    } else if (!points.equals(last.getAndSet(new Attempt(points, "")).points())) {
      contact(points);
    }
  }

  private static String describe(@Nullable Throwable problem) {
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    return cause instanceof MembershipException told ? told.problem() : String.valueOf(cause);
  }

  /** Pekko goes on trying these by itself; asking it again for the same would only reset it. */
  private void contact(List<HostPort> points) {
    if (settings.method() instanceof DiscoveredNodes nodes) {
      // The bootstrap contacts them; here they are for the log, and for the diagnosis.
      LOG.info("{} names {} of {} nodes", nodes.describe(), points, nodes.requiredNodes());
      return;
    }
    warnOfLookalike(points);
    Cluster cluster = Cluster.get(system);
    Address own = cluster.selfMember().address();
    List<Address> addresses = points.stream().map(point -> point.addressLike(own)).toList();
    addresses.stream().filter(Predicate.not(own::equals)).forEach(this::introduce);
    cluster.manager().tell(new JoinSeedNodes(addresses));
  }

  /** Whoever refuses this node has its reasons in its own log; here they are told too. */
  private void introduce(Address node) {
    introductions
        .clashesWith(node)
        .thenAccept(clashes -> clashes.forEach(clash -> onClash(node.hostPort(), clash)));
  }

  private void onClash(String node, String clash) {
    String problem = node + " does not take this node in: " + clash;
    LOG.error("{}", problem);
    last.updateAndGet(attempt -> attempt.failed(problem));
  }

  /** A node recognises itself by the very text, so a synonym of its address is worth a line. */
  private void warnOfLookalike(List<HostPort> points) {
    if (!points.contains(self) && points.stream().anyMatch(point -> point.port() == self.port())) {
      LOG.info("Contact points {} do not include this node, which is {}", points, self);
    }
  }

  private void giveUp() {
    Attempt attempt = lastAttempt();
    JoinFailed failure =
        JoinDiagnosis.timedOut(settings, self, attempt.points(), attempt.problem(), view.get());
    if (joined.completeExceptionally(failure)) {
      LOG.error("{}", failure.getMessage());
      CoordinatedShutdown.get(system)
          .runAll(CoordinatedShutdown.clusterJoinUnsuccessfulReason())
          .exceptionally(
              e -> {
                LOG.warn("Shutting down after the failed join was not clean", e);
                return Done.getInstance();
              });
    }
  }

  private void onTerminated() {
    String reason =
        CoordinatedShutdown.get(system).getShutdownReason().map(Object::toString).orElse("unknown");
    joined.completeExceptionally(
        JoinDiagnosis.stopped(settings, lastAttempt().points(), lastAttempt().problem(), reason));
  }

  /** Not the application's: a starved one must not keep the node from giving up. */
  private ExecutionContextExecutor dispatcher() {
    return system
        .dispatchers()
        .lookup(DispatcherSelector.fromConfig("pekko.actor.internal-dispatcher"));
  }

  private Attempt lastAttempt() {
    return Objects.requireNonNull(last.get());
  }

  /** What the last look-up said. */
  private record Attempt(List<HostPort> points, String problem) {

    static final Attempt NONE = new Attempt(List.of(), "");

    Attempt failed(String newProblem) {
      return new Attempt(points, newProblem);
    }
  }
}
