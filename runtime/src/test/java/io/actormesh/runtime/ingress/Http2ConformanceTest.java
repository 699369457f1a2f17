package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule that h2spec knows; the page lists those that Pekko HTTP breaks, and no other is. */
class Http2ConformanceTest {

  private static final int CASES = 145;
  private static final Pattern ROW = Pattern.compile("\\| (`(?:generic|http2|hpack)/.*?) \\| (.*)");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern SOMETIMES = Pattern.compile("^[Ss]ometimes\\b.*");

  @TempDir Path folder;
  private H2Spec tool;

  @BeforeEach
  void unpack() throws Exception {
    tool = H2Spec.in(folder);
  }

  @Test
  void theFrontDoorBreaksNoRuleButThoseThatThePageLists() throws Exception {
    try (IngressFixture door = new IngressFixture(IngressFixture.settings(true))) {
      door.gateway.replies(new Shop.Order(1, List.of()));

      assertThat(broken(door.ingress.port())).isEmpty();

      await().atMost(Duration.ofSeconds(20)).until(() -> door.ingress.inFlight() == 0);
      assertThat(door.send(door.request("GET", "/orders/1")).statusCode()).isEqualTo(200);
    }
  }

  /** What is Pekko HTTP's is so without the front door, too: else it would be ours to mend. */
  @Test
  @Tag("soak")
  void theListedRulesAreBrokenHereAndByPekkoHttpItself() throws Exception {
    ActorSystem<Void> system = bareSystem();
    try (IngressFixture door = new IngressFixture(IngressFixture.settings(true))) {
      door.gateway.replies(new Shop.Order(1, List.of()));
      for (int port : List.of(door.ingress.port(), bare(system))) {
        warm(port);
        Map<String, String> results = tool.run(port);
        listed()
            .forEach(
                (name, why) -> {
                  if (!SOMETIMES.matcher(why).matches()) {
                    assertThat(results.get(name)).as("%s: %s", name, why).isNotEmpty();
                  }
                });
      }
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  /** The rules that are broken without being listed, each with what happened. */
  private Map<String, String> broken(int port) throws Exception {
    warm(port);
    Map<String, String> results = tool.run(port);
    assertThat(results).hasSize(CASES);
    assertThat(results.keySet()).containsAll(listed().keySet());
    Map<String, String> broken = new TreeMap<>(results);
    broken.keySet().removeAll(listed().keySet());
    broken.values().removeIf(String::isEmpty);
    for (String name : List.copyOf(broken.keySet())) {
      // The tool takes an answer that is a second late for none.
      broken.put(name, tool.run(port, name));
    }
    broken.values().removeIf(String::isEmpty);
    return broken;
  }

  private static void warm(int port) throws IOException {
    try (RawHttp2 client = new RawHttp2(port)) {
      for (int i = 0; i < 50; i++) {
        client.get("/orders/1");
        assertThat(client.read(RawHttp2.DATA).payload()).isNotNull();
      }
    }
  }

  /** By name, why. */
  private static Map<String, String> listed() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    for (String line : Files.readAllLines(page())) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Matcher name = NAME.matcher(row.group(1));
        while (name.find()) {
          assertThat(listed.put(name.group(1), row.group(2))).as(name.group(1)).isNull();
        }
      }
    }
    return listed;
  }

  private static Path page() {
    Path here = Path.of("docs/reference/http.md");
    return Files.exists(here) ? here : Path.of("..").resolve(here);
  }

  private static ActorSystem<Void> bareSystem() {
    return ActorSystem.create(
        Behaviors.empty(),
        "bare",
        ConfigFactory.parseString("pekko.http.server.enable-http2 = on")
            .withFallback(ConfigFactory.load()));
  }

  /** Pekko HTTP with its defaults; a body that fails must not fail the whole connection. */
  private static int bare(ActorSystem<Void> system) throws Exception {
    Materializer materializer = SystemMaterializer.get(system).materializer();
    Function<HttpRequest, CompletionStage<HttpResponse>> answer =
        request ->
            request
                .entity()
                .getDataBytes()
                .runWith(Sink.ignore(), materializer)
                .handle((done, failure) -> HttpResponse.create().withEntity("{\"id\":1}"));
    return Http.get(system)
        .newServerAt("127.0.0.1", 0)
        .bind(answer)
        .toCompletableFuture()
        .get(20, SECONDS)
        .localAddress()
        .getPort();
  }
}
