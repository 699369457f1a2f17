package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real Consul agent on loopback, a server in development mode unless told otherwise. */
final class ConsulAgent implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Random RANDOM = new Random();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private final List<String> mode;
  private final int http = freePort();
  private final int dns = freePort();
  private final int serf = freePort();
  private final int server = freePort();
  private String token = "";
  private @Nullable Process process;

  private ConsulAgent(Path parent, String configuration, String... mode) throws IOException {
    assumeTrue(binary().isPresent(), "Consul is not installed");
    this.folder = Files.createTempDirectory(parent, "consul");
    this.mode = List.of(mode);
    Files.writeString(folder.resolve("agent.hcl"), ports() + configuration);
  }

  private String ports() {
    return String.format(
        """
        ports { http = %d, dns = %d, serf_lan = %d, server = %d, serf_wan = -1, grpc = -1 }
        bind_addr = "127.0.0.1"
        client_addr = "127.0.0.1"
        node_name = "agent-%d"
        disable_update_check = true
        """,
        http, dns, serf, server, http);
  }

  /** Runs when this returns. */
  static ConsulAgent start(Path parent, String configuration) throws IOException {
    ConsulAgent agent = new ConsulAgent(parent, configuration, "-dev");
    agent.start();
    return agent;
  }

  /** One that decides nothing without the token {@code root}. */
  static ConsulAgent guarded(Path parent) throws IOException {
    ConsulAgent agent =
        new ConsulAgent(
            parent,
            "acl { enabled = true, default_policy = \"deny\", tokens { master = \"root\" } }",
            "-dev");
    agent.token = "root";
    agent.start();
    return agent;
  }

  /** Starts it, or starts it again at the same ports: in development mode it remembers nothing. */
  void start() throws IOException {
    Stream<String> command =
        Stream.of(binary().orElseThrow().toString(), "agent", "-config-file=agent.hcl");
    process =
        new ProcessBuilder(Stream.concat(command, mode.stream()).toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !get("/v1/status/leader").asText().isEmpty());
  }

  /** Ends it without a word to anybody. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().orTimeout(10, SECONDS).join();
    }
  }

  String address() {
    return "http://127.0.0.1:" + http;
  }

  int dnsPort() {
    return dns;
  }

  /** The answer to a GET. */
  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** The answer to a PUT. */
  JsonNode put(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("PUT", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** The places of a service that anybody would be sent to. */
  List<JsonNode> passing(String service) throws IOException, InterruptedException {
    return list(get("/v1/health/service/" + service + "?passing=true"));
  }

  /** The places of a service, whatever their state. */
  List<JsonNode> all(String service) throws IOException, InterruptedException {
    return list(get("/v1/health/service/" + service));
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .timeout(PATIENCE)
            .header("X-Consul-Token", token)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    kill();
  }

  private static List<JsonNode> list(JsonNode array) {
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::get).toList();
  }

  /** On the path, or where {@code ./test} puts it. */
  private static Optional<Path> binary() {
    String cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .orElse(System.getProperty("user.home") + "/.cache");
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)),
            Stream.of(cache + "/actormesh/consul/usr/bin"))
        .map(folder -> Path.of(folder, "consul"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Below those that the operating system gives to outgoing connections. */
  private static int freePort() {
    return IntStream.generate(() -> 12_000 + RANDOM.nextInt(20_000))
        .filter(ConsulAgent::free)
        .findFirst()
        .orElseThrow();
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
