package io.actormesh.benchmarks.ingress;

import io.actormesh.benchmarks.calls.Backends;
import io.actormesh.benchmarks.calls.BenchConfig;
import io.actormesh.benchmarks.calls.CpuMeter;
import io.actormesh.benchmarks.calls.Echo;
import io.actormesh.runtime.node.MeshNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;

/**
 * {@code wrk -t1 -c64} against the front door, whose calls go to two other JVMs, and against a bare
 * Pekko HTTP server that answers the same bytes itself. CPU per request is the servers' alone,
 * without JIT threads. Argument: seconds of each run (default 20). Needs wrk.
 */
public final class IngressBenchmark {

  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
  private static final int ROUNDS = 2;

  private IngressBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    MeshNode node =
        MeshNode.builder()
            .config(BenchConfig.mesh())
            .environment(Map.of("MESH_PORT", "0", "MESH_HTTP_PORT", "0", "MESH_ADMIN_PORT", "0"))
            .expose(Echo.POOL, http -> http.get("/pool", Echo.Say.class))
            .expose(Echo.LOOP, http -> http.get("/loop", Echo.Say.class))
            .start();
    List<Process> backends = Backends.start("mesh", node.clusterPort());
    Backends.await("the backends", () -> node.services().lookup("echo-loop").size() == 2);
    int bare = bareServer();
    String query = "?text=The+quick+brown+fox+jumps+over+the+lazy+dog+123&number=7";
    Map<String, String> urls =
        new TreeMap<>(
            Map.of(
                "bare-pekko-http", "http://127.0.0.1:" + bare + "/pool" + query,
                "ingress-pool", "http://127.0.0.1:" + node.httpPort().getAsInt() + "/pool" + query,
                "ingress-loop",
                    "http://127.0.0.1:" + node.httpPort().getAsInt() + "/loop" + query));
    List<Long> pids = new ArrayList<>(List.of(ProcessHandle.current().pid()));
    backends.forEach(backend -> pids.add(backend.pid()));
    for (String url : urls.values()) {
      var unused = wrk(url, seconds);
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, String> url : urls.entrySet()) {
        measure(url.getKey(), url.getValue(), pids, seconds);
      }
    }
    backends.forEach(Process::destroyForcibly);
    System.exit(0);
  }

  private static void measure(String name, String url, List<Long> pids, int seconds)
      throws IOException, InterruptedException {
    double before = CpuMeter.seconds(pids);
    String output = wrk(url, seconds);
    double cpu = CpuMeter.seconds(pids) - before;
    Matcher requests = REQUESTS.matcher(output);
    if (!requests.find()) {
      throw new IllegalStateException("wrk says: " + output);
    }
    double total = Double.parseDouble(requests.group(1));
    System.out.printf(
        Locale.ROOT,
        "%-16s %8.0f req/s %6.1f CPU us/req  %s%n",
        name,
        total / seconds,
        cpu * 1e6 / total,
        output
            .lines()
            .filter(line -> line.matches(" +(50|99)%.*|.*Non-2xx.*|.*Socket errors.*"))
            .map(String::strip)
            .toList());
  }

  private static String wrk(String url, int seconds) throws IOException {
    Process wrk =
        new ProcessBuilder("wrk", "-t1", "-c64", "-d" + seconds + "s", "--latency", url)
            .redirectErrorStream(true)
            .start();
    return new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static int bareServer() throws Exception {
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "bare");
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
