package io.actormesh.runtime.host;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.policy.ExecutionModel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.dispatch.Dispatchers;

/**
 * Decides on which threads the instances of a service run: on a pool sized to the machine's cores,
 * or on the event loops of the links, watched so that a handler that hogs its loop is found and
 * moved. Thread-safe; one per actor system.
 */
public final class HostDispatchers implements AutoCloseable {

  /** Path of the pool's configuration. */
  public static final String POOL = "actormesh.dispatchers.service";

  /** Path of the configuration that all event-loop dispatchers share. */
  static final String LOOP = "actormesh.dispatchers.service-event-loop";

  private static final Placement ON_POOL = new Placement(ExecutionModel.DISPATCHER, false);

  /**
   * Where a service runs.
   *
   * @param execution the threads its next run will use
   * @param movedToPool whether it was put on the event loops and had to leave them
   */
  public record Placement(ExecutionModel execution, boolean movedToPool) {}

  private static final AtomicInteger MADE = new AtomicInteger();

  private final Dispatchers dispatchers;
  private final LoopLanes lanes;
  private final Executor pool;
  private final Map<String, LoopExecutor> onLoops = new ConcurrentHashMap<>();
  private final int number = MADE.incrementAndGet();

  /**
   * Dispatchers of one actor system.
   *
   * @param system its configuration must contain the runtime's {@code reference.conf}
   * @param loops the event loops of the links; may be empty if no service asks for them
   * @param hogAfter how long a run may wait or compute on an event loop; a service that does so
   *     three times within a minute, or once for ten times as long, is moved. 50 ms is a good
   *     value: heartbeats and all other calls of the loop wait as long
   */
  public HostDispatchers(
      ActorSystem<?> system, List<? extends EventLoop> loops, Ticker ticker, Duration hogAfter) {
    this.dispatchers = Adapter.toClassic(system).dispatchers();
    this.pool = system.dispatchers().lookup(DispatcherSelector.fromConfig(POOL));
    this.lanes = new LoopLanes(loops, ticker, hogAfter);
  }

  /** The dispatcher for the instances of a service. */
  public DispatcherSelector select(String service, ExecutionModel model) {
    return switch (model) {
      case DISPATCHER -> {
        onLoops.remove(service);
        yield DispatcherSelector.fromConfig(POOL);
      }
      case EVENT_LOOP -> DispatcherSelector.fromConfig(loopDispatcher(service));
    };
  }

  /** Where a service runs now. */
  public Placement placement(String service) {
    LoopExecutor executor = onLoops.get(service);
    if (executor == null) {
      return ON_POOL;
    }
    return executor.moved()
        ? new Placement(ExecutionModel.DISPATCHER, true)
        : new Placement(ExecutionModel.EVENT_LOOP, false);
  }

  private String loopDispatcher(String service) {
    if (lanes.isEmpty()) {
      throw new HostException(
          "service " + service + " asks for the event loop, and this node has no event loops");
    }
    LoopExecutor executor = new LoopExecutor(service, lanes, pool);
    onLoops.put(service, executor);
    lanes.watch();
    String id = LOOP + "-" + service + "-" + number + "-" + lanes.nextNumber();
    boolean unused =
        dispatchers.registerConfigurator(
            id, LoopDispatcherConfigurator.of(dispatchers, LOOP, id, executor));
    return id;
  }

  /** Ends the watch over the event loops; the loops themselves belong to the links. */
  @Override
  public void close() {
    lanes.close();
  }
}
