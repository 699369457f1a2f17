package io.actormesh.testkit.jvm;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Describes one JVM of a {@link JvmMesh} before it is forked. Not thread-safe. */
public final class JvmNodeBuilder {

  /** Starts fast and stays small: these JVMs live for seconds, several at once. */
  private static final List<String> JVM =
      List.of(
          "-Xmx256m",
          "-Xshare:auto",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-Dio.netty.tryReflectionSetAccessible=true",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

  private final JvmMesh mesh;
  private final String name;
  private final int adminPort;
  private final int httpPort;
  private final Map<String, String> environment = new TreeMap<>();
  private final List<String> jvm = new ArrayList<>(JVM);
  private final List<String> arguments = new ArrayList<>();
  private Class<?> main;

  JvmNodeBuilder(JvmMesh mesh, String name, Class<?> main, FreePorts ports) {
    this.mesh = mesh;
    this.name = name;
    this.main = main;
    this.adminPort = ports.next();
    this.httpPort = ports.next();
    environment.put("MESH_NODE", name);
    environment.put("MESH_HTTP_PORT", Integer.toString(httpPort));
    environment.put("MESH_ADMIN_PORT", Integer.toString(adminPort));
  }

  /** Sets a variable of its environment, over those that the mesh sets. */
  @CanIgnoreReturnValue
  public JvmNodeBuilder env(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Adds JVM arguments, such as {@code -Dactormesh.services.greeter.codec=kryo}. */
  @CanIgnoreReturnValue
  public JvmNodeBuilder jvm(String... more) {
    jvm.addAll(List.of(more));
    return this;
  }

  /** Adds arguments of its main class. */
  @CanIgnoreReturnValue
  public JvmNodeBuilder arguments(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  /** The main class, in place of the mesh's. */
  @CanIgnoreReturnValue
  public JvmNodeBuilder main(Class<?> mainClass) {
    main = mainClass;
    return this;
  }

  /** Forks the JVM, and returns at once: see {@link JvmNode#awaitReady}. */
  public JvmNode launch() {
    return mesh.launch(this);
  }

  /** The port of its management HTTP server. */
  public int adminPort() {
    return adminPort;
  }

  String name() {
    return name;
  }

  JvmNode fork(Map<String, String> common, Path log) {
    ProcessBuilder process = new ProcessBuilder(command());
    // What this JVM was told about a mesh does not hold for that one.
    process.environment().keySet().removeIf(variable -> variable.startsWith("MESH_"));
    process.environment().putAll(common);
    process.environment().putAll(environment);
    process.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    try {
      return new JvmNode(name, process.start(), adminPort, httpPort, log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot fork a JVM for " + name, e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ChildMain.class.getName());
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }
}
