package io.actormesh.runtime.host;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.Dispatcher;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.Dispatchers;
import org.apache.pekko.dispatch.ExecutorServiceFactoryProvider;
import org.apache.pekko.dispatch.MessageDispatcher;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;
import scala.concurrent.duration.FiniteDuration;

/** Makes the dispatcher of one service, on an executor that is there already. */
final class LoopDispatcherConfigurator extends MessageDispatcherConfigurator {

  private final Dispatcher dispatcher;

  private LoopDispatcherConfigurator(
      Config config, DispatcherPrerequisites prerequisites, String id, LoopExecutor executor) {
    super(config, prerequisites);
    ExecutorServiceFactoryProvider provider = (name, threads) -> () -> executor;
    this.dispatcher =
        new Dispatcher(
            this,
            id,
            config.getInt("throughput"),
            finite(config.getDuration("throughput-deadline-time")),
            provider,
            finite(config.getDuration("shutdown-timeout")));
  }

  /** For the dispatcher of the given id, with settings from the given path. */
  static LoopDispatcherConfigurator of(
      Dispatchers dispatchers, String path, String id, LoopExecutor executor) {
    Config config =
        dispatchers
            .settings()
            .config()
            .getConfig(path)
            .withFallback(dispatchers.defaultDispatcherConfig());
    return new LoopDispatcherConfigurator(config, dispatchers.prerequisites(), id, executor);
  }

  private static FiniteDuration finite(Duration duration) {
    return FiniteDuration.apply(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public MessageDispatcher dispatcher() {
    return dispatcher;
  }
}
