package io.actormesh.samples.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node of the shop: a JVM of its own. It can be started again after it has ended. */
final class Node {

  private final String name;
  private final Path jar;
  private final Path log;
  private final Path orders;
  private final int clusterPort;
  private final int httpPort;
  private final int adminPort;
  private volatile @Nullable Process process;

  Node(String name, Path jar, Path logs, FreePorts ports) {
    this.name = name;
    this.jar = jar;
    this.log = logs.resolve(name + ".log");
    this.orders = logs.resolve("orders.log");
    this.clusterPort = ports.next();
    this.httpPort = ports.next();
    this.adminPort = ports.next();
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  /** Where others join it. */
  String seed() {
    return "127.0.0.1:" + clusterPort;
  }

  /** Its front door. */
  URI http() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  URI admin() {
    return URI.create("http://127.0.0.1:" + adminPort);
  }

  void start(String seeds) {
    ProcessBuilder builder =
        new ProcessBuilder(java(), "-Xmx256m", "-XX:+UseSerialGC", "-jar", jar.toString());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(variable -> variable.startsWith("MESH_"));
    environment.putAll(variables(seeds));
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name, e);
    }
  }

  /** As {@code kill -9}: it has no time for a last word. */
  void kill() {
    started().destroyForcibly();
    awaitEnd(Duration.ofSeconds(5));
  }

  /** As {@code kill}: it may finish what it has. */
  void terminate() {
    started().destroy();
  }

  boolean alive() {
    Process current = process;
    return current != null && current.isAlive();
  }

  long pid() {
    return started().pid();
  }

  /** Whether it has ended within this time. */
  boolean awaitEnd(Duration patience) {
    try {
      return started().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What it has said so far, over all its lives. */
  List<String> logLines() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process started() {
    return requireNonNull(process, "not started");
  }

  private Map<String, String> variables(String seeds) {
    return Map.of(
        "MESH_NODE", name,
        "MESH_PORT", Integer.toString(clusterPort),
        "MESH_HTTP_PORT", Integer.toString(httpPort),
        "MESH_ADMIN_PORT", Integer.toString(adminPort),
        "MESH_SEEDS", seeds,
        "SHOP_ORDERS", orders.toString());
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
