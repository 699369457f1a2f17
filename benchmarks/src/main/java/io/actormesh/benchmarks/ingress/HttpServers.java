package io.actormesh.benchmarks.ingress;

import com.typesafe.config.ConfigFactory;
import io.actormesh.benchmarks.calls.BenchConfig;
import io.actormesh.benchmarks.calls.Echo;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;

/**
 * A JVM that speaks HTTP: {@code bare}, {@code local} (the front door with an instance beside it)
 * or {@code remote} (the front door alone). Says {@code ready <HTTP port> <cluster port>}, and ends
 * with its parent.
 */
public final class HttpServers {

  private HttpServers() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("ready " + start(arguments[0]));
    waitForParentToEnd();
    System.exit(0);
  }

  private static void waitForParentToEnd() throws IOException {
    while (System.in.read() >= 0) {}
  }

  private static String start(String kind) throws Exception {
    return switch (kind) {
      case "bare" -> bare() + " 0";
      case "local" ->
          ports(door().host(Echo.POOL, Echo::create).host(Echo.LOOP, Echo::create).start());
      case "remote" -> ports(door().start());
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static MeshNodeBuilder door() {
    return MeshNode.builder()
        .config(BenchConfig.mesh())
        .environment(Map.of("MESH_PORT", "0", "MESH_HTTP_PORT", "0", "MESH_ADMIN_PORT", "0"))
        .expose(Echo.POOL, http -> http.get("/pool", Echo.Say.class))
        .expose(Echo.LOOP, http -> http.get("/loop", Echo.Say.class));
  }

  private static String ports(MeshNode node) {
    return node.httpPort().getAsInt() + " " + node.clusterPort();
  }

  /** Pekko HTTP with its defaults, and HTTP/2, answers a constant of the same length. */
  private static int bare() throws Exception {
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "bare",
            ConfigFactory.parseString("pekko { loglevel = WARNING, http.server.enable-http2 = on }")
                .withFallback(ConfigFactory.load()));
    byte[] body =
        ("{\"text\":\"" + Echo.TEXT + "\",\"number\":7}").getBytes(StandardCharsets.UTF_8);
    Function<HttpRequest, CompletionStage<HttpResponse>> answer =
        request ->
            CompletableFuture.completedFuture(
                HttpResponse.create().withEntity(ContentTypes.APPLICATION_JSON, body));
    ServerBinding binding =
        Http.get(system).newServerAt("127.0.0.1", 0).bind(answer).toCompletableFuture().get();
    return binding.localAddress().getPort();
  }
}
