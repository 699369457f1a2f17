package io.actormesh.testkit.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One JVM of a {@link JvmMesh}: a real process with a mesh node in it. Thread-safe. */
public final class JvmNode {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final int PROBE_MILLIS = 2_000;

  private final String name;
  private final Process process;
  private final int adminPort;
  private final int httpPort;
  private final Path log;

  JvmNode(String name, Process process, int adminPort, int httpPort, Path log) {
    this.name = name;
    this.process = process;
    this.adminPort = adminPort;
    this.httpPort = httpPort;
    this.log = log;
  }

  /** The node's name. */
  public String name() {
    return name;
  }

  /** The process's id. */
  public long pid() {
    return process.pid();
  }

  /** The address of a path at its HTTP front door. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + path);
  }

  /** The address of a path at its admin port. */
  public URI adminUri(String path) {
    return URI.create("http://127.0.0.1:" + adminPort + path);
  }

  /**
   * Waits until {@code /health/ready} on its admin port says so.
   *
   * @throws AssertionError with its log if it has ended before, or is not ready in time
   */
  public void awaitReady(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!ready()) {
      if (!process.isAlive()) {
        throw new AssertionError(name + " ended with " + process.exitValue() + ":\n" + log());
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(name + " is not ready after " + limit + ":\n" + log());
      }
      pause();
    }
  }

  /** Whether it says that it is ready, now. */
  public boolean ready() {
    try {
      HttpURLConnection probe =
          (HttpURLConnection) adminUri("/health/ready").toURL().openConnection();
      probe.setConnectTimeout(PROBE_MILLIS);
      probe.setReadTimeout(PROBE_MILLIS);
      try {
        return probe.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        probe.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Whether the process runs, be it stopped or not. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Ends it as the kernel would for lack of memory, and returns when it is gone. */
  public void kill9() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(10));
  }

  /** Asks it to leave the mesh and end; returns at once. */
  public void sigterm() {
    signal("TERM");
  }

  /** Stops it in its tracks: it holds its connections and says nothing. */
  public void sigstop() {
    signal("STOP");
  }

  /** Lets it go on after {@link #sigstop}. */
  public void sigcont() {
    signal("CONT");
  }

  /**
   * Waits for its end.
   *
   * @return its exit code; 128 and the signal's number if a signal ended it
   * @throws AssertionError with its log if it still runs then
   */
  public int awaitEnd(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " still runs after " + limit + ":\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while " + name + " was to end", e);
    }
  }

  /** All that it has printed. */
  public String log() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name + " (pid " + pid() + ")";
  }

  Process process() {
    return process;
  }

  /** Ends it by its id, if it still runs; also ends a stopped one. */
  void end() {
    process.destroyForcibly();
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill -" + signal + " " + this + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while signalling " + name, e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting", e);
    }
  }
}
