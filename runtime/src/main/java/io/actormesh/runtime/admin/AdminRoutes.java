package io.actormesh.runtime.admin;

import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.Exposition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Which path is answered by what. Rendering happens on the executor, not on an actor's thread. */
final class AdminRoutes {

  private static final List<String> PATHS =
      List.of(
          "/health/live",
          "/health/ready",
          "/metrics",
          "/mesh/v1/nodes",
          "/mesh/v1/services",
          "/mesh/v1/services/{name}",
          "/mesh/v1/graph",
          "/mesh/v1/policies/{name}");

  private final Readiness readiness;
  private final CallMetrics metrics;
  private final MeshRoutes mesh;
  private final Executor executor;

  AdminRoutes(Readiness readiness, CallMetrics metrics, MeshRoutes mesh, Executor executor) {
    this.readiness = readiness;
    this.metrics = metrics;
    this.mesh = mesh;
    this.executor = executor;
  }

  CompletionStage<HttpResponse> answer(HttpRequest request) {
    String path = request.getUri().path();
    if (!request.method().equals(HttpMethods.GET)) {
      return CompletableFuture.completedStage(Replies.onlyGet(path));
    }
    List<String> segments = segments(request);
    if (segments.size() > 2 && segments.subList(0, 2).equals(List.of("mesh", "v1"))) {
      return mesh.answer(request, segments.subList(2, segments.size()));
    }
    return switch (String.join("/", segments)) {
      case "", "mesh", "mesh/v1" -> CompletableFuture.completedStage(Replies.index(PATHS));
      case "health/live" ->
          CompletableFuture.completedStage(Replies.json(200, Map.of("status", "live")));
      case "health/ready" -> readiness.reasons().thenApply(this::ready);
      case "metrics" -> later(() -> metrics(request));
      default -> CompletableFuture.completedStage(nothingHere(path));
    };
  }

  static HttpResponse nothingHere(String path) {
    String detail = "Nothing is here. There are: " + String.join(", ", PATHS) + ".";
    return Replies.problem(FailureCode.NOT_FOUND, 404, detail, path);
  }

  private HttpResponse metrics(HttpRequest request) {
    String accept = request.getHeader("Accept").map(HttpHeader::value).orElse("");
    Exposition exposition = metrics.scrape(accept);
    return Replies.text(exposition.contentType(), exposition.text());
  }

  private CompletionStage<HttpResponse> later(Supplier<HttpResponse> rendering) {
    return CompletableFuture.supplyAsync(rendering, executor);
  }

  private HttpResponse ready(List<Readiness.Reason> reasons) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", reasons.isEmpty() ? "ready" : "not ready");
    body.put("reasons", reasons);
    body.put("warnings", readiness.warnings());
    return Replies.json(reasons.isEmpty() ? 200 : 503, body);
  }

  private static List<String> segments(HttpRequest request) {
    List<String> segments = new ArrayList<>();
    request.getUri().pathSegments().forEach(segments::add);
    segments.removeIf(String::isEmpty);
    return segments;
  }
}
