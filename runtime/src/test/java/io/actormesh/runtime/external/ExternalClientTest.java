package io.actormesh.runtime.external;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.call.AmbientContext;
import io.actormesh.runtime.call.CallContext;
import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.call.TraceContext;
import io.actormesh.runtime.failure.DeadlineExceeded;
import io.actormesh.runtime.failure.EndpointLost;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.NoRoute;
import io.actormesh.runtime.failure.Phase;
import io.actormesh.runtime.failure.Started;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExternalClientTest {

  private final Ticker ticker = Ticker.system();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer server;
  private @Nullable ActorTestKit kit;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
    if (kit != null) {
      kit.shutdownTestKit();
    }
  }

  @Test
  void everyAnswerIsAReplyWithTheTraceOfTheCallBeingServed() {
    ExternalClient client = client("", live());
    TraceContext trace = TraceContext.root(new Random(1));

    ExternalReply reply =
        within(
            context(Duration.ofSeconds(30), trace),
            () ->
                client.send("/missing?a=b", request -> request.POST(BodyPublishers.ofString("x"))));

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("x-trace").orElse("")).contains(trace.traceId());
    assertThat(reply.text()).isEqualTo("POST /missing?a=b x");
  }

  @Test
  void aPlaceThatCannotBeConnectedToIsPassedOver() throws IOException {
    ExternalClient client = client("", live(), closedPort());
    for (int i = 0; i < 20; i++) {
      assertThat(done(client.send("/", request -> request.POST(BodyPublishers.noBody()))).status())
          .isEqualTo(200);
    }
  }

  @Test
  void nothingWasSentIfNoPlaceCanBeConnectedTo() throws IOException {
    MeshFailure failure =
        failure(client("", closedPort(), closedPort()).send("/", HttpRequest.Builder::GET));
    assertThat(failure).isInstanceOf(NoRoute.class);
    assertThat(failure.attempts()).hasSize(2);
    assertThat(failure.started()).isEqualTo(Started.NO);
  }

  @Test
  void aRequestThatMayHaveBeenSeenIsRepeatedOnlyIfItsMethodMayBe() throws IOException {
    try (ServerSocket breaking = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> breakOff(breaking));
      ExternalClient both = client("max-attempts = 2", live(), breaking.getLocalPort());
      for (int i = 0; i < 20; i++) {
        assertThat(done(both.send("/", HttpRequest.Builder::GET)).status()).isEqualTo(200);
      }
      stopKit();

      MeshFailure failure =
          failure(
              client("", breaking.getLocalPort())
                  .send("/", request -> request.POST(BodyPublishers.ofString("pay"))));

      assertThat(failure).isInstanceOf(EndpointLost.class);
      assertThat(failure.attempts()).hasSize(1);
      assertThat(failure.started()).isEqualTo(Started.MAYBE);
    }
  }

  @Test
  void theEarlierDeadlineHolds() {
    ExternalClient client = client("deadline = 200 ms", live());

    MeshFailure own = failure(client.send("/slow", HttpRequest.Builder::GET));
    assertThat(own).isInstanceOf(DeadlineExceeded.class).hasMessageContaining("billing//slow");
    assertThat(((DeadlineExceeded) own).phase()).isEqualTo(Phase.SENT);

    CompletableFuture<ExternalReply> inherited =
        under(
            context(Duration.ofMillis(100), null),
            () -> client.send("/slow", HttpRequest.Builder::GET, Duration.ofMinutes(1)));
    assertThat(failure(inherited)).isInstanceOf(DeadlineExceeded.class);

    CompletableFuture<ExternalReply> over =
        under(
            context(Duration.ofMillis(-1), null), () -> client.send("/", HttpRequest.Builder::GET));
    assertThat(((DeadlineExceeded) failure(over)).phase()).isEqualTo(Phase.UNSENT);
  }

  @Test
  void callsInFlightAndRepliesAreBounded() {
    ExternalClient client = client("max-in-flight = 1, max-reply = 1 KiB", live());
    CompletableFuture<ExternalReply> first = client.send("/slow", HttpRequest.Builder::GET);

    assertThat(failure(client.send("/", HttpRequest.Builder::GET)).code())
        .isEqualTo(FailureCode.CALLER_LIMIT);
    first.cancel(true);
    assertThat(failure(client.send("/large", HttpRequest.Builder::GET)).code())
        .isEqualTo(FailureCode.REPLY_TOO_LARGE);
    assertThat(done(client.send("/", HttpRequest.Builder::GET)).status()).isEqualTo(200);
  }

  @Test
  void aServiceThatNobodyKnowsHasNoRoute() {
    assertThat(failure(client("").send("/", HttpRequest.Builder::GET)))
        .isInstanceOf(NoRoute.class)
        .hasMessageContaining("config knows no place of it");
    assertThatThrownBy(() -> client("").send("invoices", HttpRequest.Builder::GET))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String path = exchange.getRequestURI().toString();
      if (path.equals("/slow")) {
        awaitRelease();
      }
      String trace = exchange.getRequestHeaders().getFirst("traceparent");
      exchange.getResponseHeaders().set("x-trace", String.valueOf(trace));
      String text = exchange.getRequestMethod() + " " + path + " " + body;
      byte[] bytes = path.equals("/large") ? new byte[2048] : text.getBytes(UTF_8);
      exchange.sendResponseHeaders(path.startsWith("/missing") ? 404 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void awaitRelease() {
    try {
      assertThat(released.await(30, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads a request's head, and hangs up. */
  private static void breakOff(ServerSocket listening) {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        assertThat(socket.getInputStream().read(new byte[64])).isPositive();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private int live() {
    return server.getAddress().getPort();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private ExternalClient client(String settings, Integer... ports) {
    stopKit();
    String endpoints =
        Arrays.stream(ports)
            .map(port -> "{ host = \"127.0.0.1\", port = " + port + " }")
            .collect(Collectors.joining(","));
    ActorTestKit started =
        ActorTestKit.create(
            ConfigFactory.parseString(
                    "actormesh.external.billing { discovery = config, "
                        + settings
                        + " }\npekko.discovery.config.services.billing.endpoints = ["
                        + endpoints
                        + "]")
                .withFallback(ConfigFactory.load()));
    kit = started;
    return new Externals(
            started.system(),
            started.system().settings().config().getConfig("actormesh.external"),
            ticker,
            new Random(7),
            threads)
        .client("billing");
  }

  private void stopKit() {
    if (kit != null) {
      kit.shutdownTestKit();
      kit = null;
    }
  }

  private CallContext context(Duration left, @Nullable TraceContext trace) {
    return new CallContext(
        "shop",
        "order",
        "test",
        Priority.NORMAL,
        ticker.nowNanos() + left.toNanos(),
        1,
        trace,
        null);
  }

  private static ExternalReply within(
      CallContext context, Supplier<CompletableFuture<ExternalReply>> call) {
    return done(under(context, call));
  }

  private static <T> T under(CallContext context, Supplier<T> code) {
    CallContext before = AmbientContext.enter(context);
    try {
      return code.get();
    } finally {
      AmbientContext.leave(before);
    }
  }

  private static ExternalReply done(CompletableFuture<ExternalReply> future) {
    return future.orTimeout(30, SECONDS).join();
  }

  private static MeshFailure failure(CompletableFuture<ExternalReply> future) {
    return (MeshFailure) future.handle((done, failure) -> failure).orTimeout(30, SECONDS).join();
  }
}
