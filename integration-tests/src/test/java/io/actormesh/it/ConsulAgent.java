package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
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
  private final int https = freePort();
  private final int dns = freePort();
  private final int serf = freePort();
  private final int server = freePort();
  private @Nullable Process process;

  private ConsulAgent(Path parent, String... mode) throws IOException {
    assumeTrue(binary().isPresent(), "Consul is not installed");
    this.folder = Files.createTempDirectory(parent, "consul");
    this.mode = List.of(mode);
    Files.writeString(folder.resolve("ports.hcl"), ports());
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
  static ConsulAgent start(Path parent) throws IOException {
    ConsulAgent agent = new ConsulAgent(parent, "-dev");
    agent.start();
    return agent;
  }

  /** One that permits nothing without a token, such as {@code root}, and speaks TLS too. */
  static ConsulAgent guarded(Path parent) throws IOException {
    ConsulAgent agent = new ConsulAgent(parent, "-dev", "-config-file=guard.hcl");
    agent.run("tls", "ca", "create");
    agent.run("tls", "cert", "create", "-server", "-dc=dc1");
    Files.writeString(agent.folder.resolve("guard.hcl"), agent.guard());
    agent.start();
    return agent;
  }

  private String guard() {
    return String.format(
        """
        acl {
          enabled = true
          default_policy = "deny"
          tokens { master = "root", agent = "root" }
        }
        ports { https = %d }
        cert_file = "dc1-server-consul-0.pem"
        key_file = "dc1-server-consul-0-key.pem"
        """,
        https);
  }

  /** Three servers that agree with each other. */
  static List<ConsulAgent> servers(Path parent) throws IOException {
    List<ConsulAgent> servers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      servers.add(new ConsulAgent(parent, "-server", "-data-dir=data", "-config-file=servers.hcl"));
    }
    String others =
        servers.stream()
            .map(each -> "\"127.0.0.1:" + each.serf + '"')
            .collect(Collectors.joining(", "));
    for (ConsulAgent each : servers) {
      Files.writeString(
          each.folder.resolve("servers.hcl"),
          "bootstrap_expect = 3\nretry_join = ["
              + others
              + "]\nretry_interval = \"300ms\"\nperformance { raft_multiplier = 1 }\n");
      each.launch();
    }
    for (ConsulAgent each : servers) {
      each.awaitLeader();
    }
    return servers;
  }

  /** Starts it, or starts it again at the same ports: in development mode it remembers nothing. */
  void start() throws IOException {
    launch();
    awaitLeader();
  }

  private void launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(binary().orElseThrow().toString());
    command.addAll(List.of("agent", "-config-file=ports.hcl"));
    command.addAll(mode);
    process = process(command).start();
  }

  private void awaitLeader() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !leader().isEmpty());
  }

  /** Whom it takes for the leader; empty if nobody. */
  String leader() throws IOException, InterruptedException {
    return get("/v1/status/leader").asText();
  }

  boolean leads() throws IOException, InterruptedException {
    return leader().equals("127.0.0.1:" + server);
  }

  private void run(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(binary().orElseThrow().toString());
    command.addAll(List.of(words));
    int status = process(command).start().onExit().orTimeout(30, SECONDS).join().exitValue();
    assertThat(status).as(Files.readString(folder.resolve("log"))).isZero();
  }

  private ProcessBuilder process(List<String> command) {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()));
  }

  /** Ends it without a word to anybody. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().orTimeout(10, SECONDS).join();
    }
  }

  /** Registers something that is no node of a mesh. */
  void register(String service, int port) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.put("ID", service + port).put("Name", service);
    body.put("Address", "127.0.0.1").put("Port", port);
    assertThat(send("PUT", "/v1/agent/service/register", body.toString()).statusCode())
        .isEqualTo(200);
  }

  void deregister(String service, int port) throws IOException, InterruptedException {
    String path = "/v1/agent/service/deregister/" + service + port;
    assertThat(send("PUT", path, "").statusCode()).isEqualTo(200);
  }

  /** Makes Pekko ask its name server. */
  String nameserver() {
    return "pekko.io.dns.async-dns.nameservers = [\"127.0.0.1:" + dns + "\"]";
  }

  /** The secret of a token with these rules. */
  String token(String name, String rules) throws IOException, InterruptedException {
    put("/v1/acl/policy", JSON.createObjectNode().put("Name", name).put("Rules", rules));
    ObjectNode token = JSON.createObjectNode();
    token.putArray("Policies").addObject().put("Name", name);
    return put("/v1/acl/token", token).path("SecretID").asText();
  }

  /** Ends the validity of a token. */
  void revoke(String secret) throws IOException, InterruptedException {
    for (JsonNode each : list(get("/v1/acl/tokens"))) {
      String accessor = each.path("AccessorID").asText();
      if (get("/v1/acl/token/" + accessor).path("SecretID").asText().equals(secret)) {
        send("DELETE", "/v1/acl/token/" + accessor, "");
      }
    }
  }

  /** Where it speaks TLS. */
  String secureAddress() {
    return "https://127.0.0.1:" + https;
  }

  /** The certificate that its own is signed by. */
  Path authority() {
    return folder.resolve("consul-agent-ca.pem");
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

  private JsonNode put(String path, JsonNode body) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("PUT", path, body.toString());
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
            .header("X-Consul-Token", "root")
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
