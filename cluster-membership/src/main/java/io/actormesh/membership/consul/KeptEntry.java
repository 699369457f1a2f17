package io.actormesh.membership.consul;

import io.actormesh.membership.consul.ConsulException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContext;

/**
 * An entry that a node keeps in Consul for as long as it serves: registered, registered again when
 * the agent has lost it, its check fed with what the node says of itself, in maintenance while the
 * node drains, and removed. Its stages never fail: Consul's absence must not stop a node. What does
 * not work is logged, once, and tried again.
 */
public final class KeptEntry {

  private static final Logger LOG = LoggerFactory.getLogger(KeptEntry.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int WORDS_PER_TTL = 3;

  private final ConsulClient client;
  private final ConsulEntry entry;
  private final Supplier<CompletionStage<CheckState>> state;
  private final Cancellable beat;
  private final int quietBeats;
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private CompletionStage<Void> last = CompletableFuture.completedFuture(null);

  // Seen by the steps alone, of which one runs at a time.
  private boolean registered;
  private boolean maintained;
  private boolean ended;
  private int beats;
  private @Nullable CheckState lastTold;
  private @Nullable String maintenance;
  private Optional<String> token = Optional.empty();
  private String trouble = "";

  private KeptEntry(
      ConsulClient client,
      ConsulEntry entry,
      Supplier<CompletionStage<CheckState>> state,
      Duration ttl,
      Scheduler scheduler,
      ExecutionContext executor) {
    this.client = client;
    this.entry = entry;
    this.state = state;
    Duration quiet = ttl.dividedBy(WORDS_PER_TTL);
    Duration interval = quiet.compareTo(LOOK) < 0 ? quiet : LOOK;
    this.quietBeats = Math.toIntExact(quiet.dividedBy(interval));
    this.beat = scheduler.scheduleWithFixedDelay(interval, interval, this::onBeat, executor);
  }

  /**
   * Begins to keep an entry.
   *
   * @param state what the node says of it now; asked every second, and must answer soon
   * @param ttl of its check
   */
  public static KeptEntry start(
      ConsulClient client,
      ConsulEntry entry,
      Supplier<CompletionStage<CheckState>> state,
      Duration ttl,
      Scheduler scheduler,
      ExecutionContext executor) {
    return new KeptEntry(client, entry, state, ttl, scheduler, executor);
  }

  /** Tells Consul now; the stage completes when it has answered, or has not. */
  public CompletionStage<Void> refresh() {
    return inTurn(this::tell);
  }

  /** Takes the entry out of rotation until it is removed. */
  public CompletionStage<Void> maintain(String reason) {
    return inTurn(
        () -> {
          maintenance = reason;
          return registered ? maintainIfDue() : done();
        });
  }

  /** Removes the entry, and keeps it no longer. */
  public CompletionStage<Void> end() {
    beat.cancel();
    return inTurn(
        () -> {
          ended = true;
          // Even if no answer said so, it may be registered.
          return client.deregister(entry).exceptionallyCompose(this::unlessUnknown);
        });
  }

  private void onBeat() {
    if (refreshing.compareAndSet(false, true)) {
      var unused = refresh().thenRun(() -> refreshing.set(false));
    }
  }

  private synchronized CompletionStage<Void> inTurn(Supplier<CompletionStage<Void>> step) {
    last = last.thenCompose(before -> step.get()).handle(this::note);
    return last;
  }

  private CompletionStage<Void> tell() {
    if (ended) {
      return done();
    }
    return state
        .get()
        .thenCompose(now -> registered ? update(now) : register(now))
        .thenCompose(told -> maintainIfDue());
  }

  private CompletionStage<Void> maintainIfDue() {
    String reason = maintenance;
    return reason == null || maintained
        ? done()
        : client.maintain(entry, reason).thenRun(() -> maintained = true);
  }

  private CompletionStage<Void> update(CheckState now) {
    beats++;
    if (now.equals(lastTold) && beats < quietBeats) {
      return done();
    }
    // The agent speaks for an entry with the token that it was registered with.
    if (!client.token().equals(token)) {
      return register(now);
    }
    return client
        .update(entry, now)
        .thenRun(() -> onTold(now))
        .exceptionallyCompose(failure -> registerIfUnknown(failure, now));
  }

  private CompletionStage<Void> registerIfUnknown(Throwable failure, CheckState now) {
    if (kind(failure) != Kind.UNKNOWN) {
      return CompletableFuture.failedFuture(failure);
    }
    LOG.info("Consul's agent has lost {}; it is registered again", entry.id());
    registered = false;
    return register(now);
  }

  private CompletionStage<Void> register(CheckState now) {
    Optional<String> with = client.token();
    return client
        .register(entry, now)
        .thenRun(
            () -> {
              token = with;
              registered = true;
              // Whatever checks it had are replaced.
              maintained = false;
              onTold(now);
            });
  }

  private void onTold(CheckState now) {
    lastTold = now;
    beats = 0;
  }

  private CompletionStage<Void> unlessUnknown(Throwable failure) {
    return kind(failure) == Kind.UNKNOWN ? done() : CompletableFuture.failedFuture(failure);
  }

  private @Nullable Void note(@Nullable Void done, @Nullable Throwable failure) {
    if (failure != null) {
      String problem = String.valueOf(ConsulFaults.of(client.address(), failure).getMessage());
      if (!problem.equals(trouble)) {
        LOG.warn("Consul has not been told of {}: {}", entry.id(), problem);
      }
      trouble = problem;
    } else if (!trouble.isEmpty() && !ended) {
      trouble = "";
      LOG.info("Consul knows of {} again", entry.id());
    }
    return null;
  }

  private Kind kind(Throwable failure) {
    return ConsulFaults.of(client.address(), failure).kind();
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
