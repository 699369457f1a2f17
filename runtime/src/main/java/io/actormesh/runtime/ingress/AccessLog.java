package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.NodeSettings;
import io.actormesh.runtime.telemetry.BatchWorker;
import io.actormesh.runtime.telemetry.OutputStats;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each request, on a thread of its own: to the logger {@code actormesh.access},
 * to a file, or to both. Lines that find no room in its queue are dropped and counted. Thread-safe.
 */
public final class AccessLog {

  /** The logger of the lines. */
  public static final String LOGGER = "actormesh.access";

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final Logger LINES = LoggerFactory.getLogger(LOGGER);
  private static final int BATCH = 256;
  private static final Duration DELAY = Duration.ofMillis(200);

  private final NodeSettings.AccessLog settings;
  private final RandomGenerator random;
  private final OutputStats stats;
  private final @Nullable RotatingFile file;
  private final BatchWorker<AccessRecord> worker;

  /** Of the worker's thread alone. */
  private boolean failing;

  private AccessLog(
      NodeSettings.AccessLog settings,
      RandomGenerator random,
      OutputStats stats,
      @Nullable RotatingFile file) {
    this.settings = settings;
    this.random = random;
    this.stats = stats;
    this.file = file;
    this.worker =
        BatchWorker.start(
            "actormesh-access-log",
            new BatchWorker.Limits(settings.queue(), Math.min(BATCH, settings.queue()), DELAY),
            stats,
            this::write,
            this::closeFile);
  }

  /**
   * Starts one.
   *
   * @param random draws the sample; thread-safe
   * @throws IllegalStateException if its file cannot be written
   */
  public static AccessLog start(
      NodeSettings.AccessLog settings, RandomGenerator random, OutputStats stats) {
    RotatingFile file =
        settings
            .file()
            .map(path -> new RotatingFile(path, settings.maxFileSize(), settings.maxFiles()))
            .orElse(null);
    try {
      if (file != null) {
        file.open();
      }
    } catch (IOException failed) {
      throw new IllegalStateException(
          "cannot write the access log, "
              + settings.file().map(String::valueOf).orElse("")
              + " ("
              + failed
              + "): set actormesh.ingress.access-log.file to a path that this process may write",
          failed);
    }
    return new AccessLog(settings, random, stats, file);
  }

  /** Whether a request is to be written. */
  boolean wants(boolean failed, long nanos) {
    return (failed && settings.failures())
        || nanos >= settings.slowAfter().toNanos()
        || settings.sample() >= 1
        || random.nextDouble() < settings.sample();
  }

  void add(AccessRecord record) {
    worker.offer(record);
  }

  /** Completes when what was added so far is written, or when the time is over. */
  public CompletionStage<Void> flush(Duration within) {
    return worker.flush(within);
  }

  /** Writes what waits and ends; completes then, or when the time is over. */
  public CompletionStage<Void> close(Duration within) {
    return worker.close(within);
  }

  private void write(List<AccessRecord> records) {
    List<String> lines = records.stream().map(AccessLine::of).toList();
    if (settings.logger()) {
      lines.forEach(LINES::info);
    }
    if (file == null || toFile(file, lines)) {
      stats.written(lines.size());
    } else {
      stats.failed(lines.size());
    }
  }

  private boolean toFile(RotatingFile to, List<String> lines) {
    try {
      to.write(lines);
      if (failing) {
        LOG.info("The access log is written again");
      }
      failing = false;
    } catch (IOException failed) {
      if (!failing) {
        LOG.warn("The access log cannot be written; lines are lost until it can", failed);
      }
      failing = true;
    }
    return !failing;
  }

  private void closeFile() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException failed) {
      LOG.warn("The end of the access log may be missing: {}", failed.toString());
    }
  }
}
