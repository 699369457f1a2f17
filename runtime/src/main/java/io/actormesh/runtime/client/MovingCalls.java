package io.actormesh.runtime.client;

import io.actormesh.router.Endpoint;
import io.actormesh.router.EndpointSet;
import io.actormesh.router.cluster.ServiceRoute;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this node that wait for a service's only instance, which is on its way to another
 * node or being replaced. They are looked at in short turns as long as there are any: each goes on
 * when there is a place to go to, or ends at its deadline. Thread-safe.
 */
final class MovingCalls {

  private static final Duration TURN = Duration.ofMillis(20);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /**
   * When a call goes again to where it was refused though nothing was heard of a change: news of an
   * instance that was replaced may have overtaken its refusal.
   */
  private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

  /**
   * @param version the route's when the call began to wait
   */
  private record Waiting(Call<?> call, long version, long sinceNanos, Consumer<Call<?>> onward) {}

  private final ServiceRoute route;
  private final IntSupplier most;
  private final Ticker ticker;
  private final BiConsumer<Duration, Runnable> timer;
  private final List<Waiting> waiting = new ArrayList<>();

  /**
   * @param most how many calls may wait
   */
  MovingCalls(
      ServiceRoute route, IntSupplier most, Ticker ticker, BiConsumer<Duration, Runnable> timer) {
    this.route = route;
    this.most = most;
    this.ticker = ticker;
    this.timer = timer;
  }

  /**
   * Whether a call that found no endpoint may find one later: the service has one instance in the
   * mesh, and the call was not turned away by it for another reason than its moving.
   */
  boolean awaits(Call<?> call) {
    return route.single() && moved(call.lastFailure());
  }

  private static boolean moved(@Nullable AttemptFailure last) {
    return last == null
        || switch (last.code()) {
          case DRAINING, NO_ROUTE, ENDPOINT_LOST -> true;
          default -> false;
        };
  }

  /**
   * Keeps a call until there is a place for it, or its deadline; ends it if too many wait.
   *
   * @param onward picks an endpoint for the call anew
   */
  void add(Call<?> call, Consumer<Call<?>> onward) {
    int limit = most.getAsInt();
    long version = route.endpoints().version();
    boolean full;
    synchronized (waiting) {
      full = waiting.size() >= limit;
      if (!full) {
        waiting.add(new Waiting(call, version, ticker.nowNanos(), onward));
        arm();
      }
    }
    if (full) {
      fail(call, FailureCode.MOVING_LIMIT, "All " + limit + " calls that may wait already do.");
    }
  }

  /** The first of those that wait has the turns begin. */
  private void arm() {
    if (waiting.size() == 1) {
      timer.accept(TURN, this::turn);
    }
  }

  private void turn() {
    long now = ticker.nowNanos();
    EndpointSet endpoints = route.endpoints();
    List<Waiting> leaving = new ArrayList<>();
    synchronized (waiting) {
      for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
        Waiting next = each.next();
        if (over(next, now) || placed(next, endpoints, now)) {
          each.remove();
          leaving.add(next);
        }
      }
      if (!waiting.isEmpty()) {
        timer.accept(TURN, this::turn);
      }
    }
    leaving.forEach(one -> leave(one, now));
  }

  private static boolean over(Waiting one, long now) {
    return one.call().ended() || one.call().deadlineNanos - now <= 0;
  }

  private static boolean placed(Waiting one, EndpointSet endpoints, long now) {
    for (Endpoint endpoint : endpoints.endpoints()) {
      boolean tried = one.call().contains(endpoint);
      boolean news = endpoints.version() != one.version() || now - one.sinceNanos() >= AGAIN_NANOS;
      if (endpoint.selectable() ? !tried || news : !tried && endpoint.lastResort()) {
        return true;
      }
    }
    return false;
  }

  private void leave(Waiting one, long now) {
    if (!over(one, now)) {
      one.call().forgetTried();
      one.onward().accept(one.call());
    } else if (!one.call().ended()) {
      fail(one.call(), FailureCode.MOVING, where());
    }
  }

  private static void fail(Call<?> call, FailureCode code, String message) {
    AttemptFailure last = call.lastFailure();
    call.fail(code, last == null ? Started.NO : last.started(), message, RETRY_AFTER);
  }

  /** What is known of its place. */
  private String where() {
    StringBuilder text = new StringBuilder("It is on its way to a node that takes it.");
    for (Endpoint endpoint : route.endpoints().endpoints()) {
      text.append(' ').append(endpoint.label()).append(": ").append(endpoint.exclusion());
      text.append('.');
    }
    return text.toString();
  }
}
