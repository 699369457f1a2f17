package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.config.DoorSecurity;
import io.actormesh.runtime.config.NodeSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** A real front door on a free port of loopback, before a fake gateway. */
final class IngressFixture implements AutoCloseable {

  static final String TRACE_PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "ingress-test");
  final FakeGateway gateway = new FakeGateway();
  final RecordingObserver observer = new RecordingObserver();
  final IngressWiring wiring;
  final Ingress ingress;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  IngressFixture(IngressSettings settings) throws Exception {
    this(settings, Shop.EXPOSED);
  }

  IngressFixture(IngressSettings settings, ExposedService<?> service) throws Exception {
    this(settings, service, null);
  }

  IngressFixture(
      IngressSettings settings, ExposedService<?> service, @Nullable RequestRecords records)
      throws Exception {
    wiring =
        new IngressWiring(
            "node-1",
            gateway,
            observer,
            Ticker.system(),
            InstantSource.system(),
            (RandomGenerator) () -> ThreadLocalRandom.current().nextLong(),
            records);
    ingress =
        Ingress.start(system, settings, List.of(service), wiring)
            .toCompletableFuture()
            .get(20, SECONDS);
  }

  static IngressSettings settings() {
    return settings(false);
  }

  static IngressSettings settings(boolean http2) {
    return settings(http2, 1000);
  }

  static IngressSettings settings(boolean http2, int maxBody) {
    return settings(http2, maxBody, Optional.empty());
  }

  static IngressSettings withTls(TlsSettings tls) {
    return settings(true, 1000, Optional.of(tls));
  }

  private static IngressSettings settings(boolean http2, int maxBody, Optional<TlsSettings> tls) {
    return new IngressSettings(
        "127.0.0.1",
        0,
        100,
        maxBody,
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        false,
        http2,
        1000,
        16 * 1024,
        Duration.ofSeconds(35),
        Duration.ofSeconds(40),
        Duration.ofMillis(200),
        Duration.ofSeconds(10),
        streams(),
        DoorSecurity.OFF,
        api(),
        tls);
  }

  /** The usual settings, with what a configuration says about who may come in. */
  static IngressSettings guarded(String ingress) {
    return guarded(ingress, Map.of());
  }

  static IngressSettings guarded(String ingress, Map<String, String> environment) {
    IngressSettings s = settings();
    Config config =
        ConfigFactory.parseString("actormesh.ingress { " + ingress + " }")
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve();
    return new IngressSettings(
        s.host(),
        s.port(),
        s.maxInFlight(),
        s.maxBody(),
        s.headTimeout(),
        s.bodyTimeout(),
        s.maxDeadline(),
        s.acceptPriority(),
        s.http2(),
        s.maxConnections(),
        s.minReadRate(),
        s.requestTimeout(),
        s.idleTimeout(),
        s.quietPeriod(),
        s.patience(),
        s.stream(),
        NodeSettings.load(config, environment).ingress().security(),
        api(),
        s.tls());
  }

  static ApiSettings api() {
    return new ApiSettings(true, true, "shop", "1.2.3", "/");
  }

  static IngressSettings settings(StreamSettings streams, boolean http2) {
    IngressSettings s = settings(http2);
    return new IngressSettings(
        s.host(),
        s.port(),
        s.maxInFlight(),
        s.maxBody(),
        s.headTimeout(),
        s.bodyTimeout(),
        s.maxDeadline(),
        s.acceptPriority(),
        s.http2(),
        s.maxConnections(),
        s.minReadRate(),
        s.requestTimeout(),
        s.idleTimeout(),
        s.quietPeriod(),
        s.patience(),
        streams,
        s.security(),
        s.api(),
        s.tls());
  }

  static StreamSettings streams() {
    return new StreamSettings(
        100,
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        1000,
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        Duration.ofSeconds(10));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + ingress.port() + path);
  }

  HttpRequest.Builder post(String path, String json) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .header("X-Request-Id", "r1")
        .POST(BodyPublishers.ofString(json));
  }

  HttpRequest.Builder request(String method, String path) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofSeconds(20))
        .header("X-Request-Id", "r1")
        .method(method, BodyPublishers.noBody());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
