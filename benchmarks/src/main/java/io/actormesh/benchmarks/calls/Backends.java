package io.actormesh.benchmarks.calls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Starts serving JVMs, which end with this one. */
public final class Backends {

  private static final String READY = "ready";

  private Backends() {}

  /**
   * A JVM that serves.
   *
   * @param said the rest of the line in which it said that it is ready, such as its port
   */
  public record Running(Process process, String said) {}

  /** Two JVMs of a kind that {@link Backend} knows. */
  public static List<Process> start(String kind, int seed) throws IOException {
    return List.of(backend(kind, seed), backend(kind, seed));
  }

  /** One JVM of a kind that {@link Backend} knows. */
  public static Process backend(String kind, int seed) throws IOException {
    return run(Backend.class, kind, Integer.toString(seed)).process();
  }

  /** Starts a main class that prints {@code ready} when it is, and waits until it does. */
  public static Running run(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xms512m",
                "-Xmx512m",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line; (line = output.readLine()) != null; ) {
      if (line.startsWith(READY)) {
        Thread rest = new Thread(() -> output.lines().forEach(ignored -> {}));
        rest.setDaemon(true);
        rest.start();
        return new Running(process, line.substring(READY.length()).strip());
      }
    }
    throw new IOException(String.join(" ", arguments) + " ended before it was ready");
  }

  /** Something that will hold. */
  @FunctionalInterface
  public interface Condition {
    boolean holds();
  }

  /** Waits for a condition, at most a minute. */
  public static void await(String what, Condition condition) throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(what + " did not come");
      }
      Thread.sleep(100);
    }
  }
}
