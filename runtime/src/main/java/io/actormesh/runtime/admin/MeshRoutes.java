package io.actormesh.runtime.admin;

import io.actormesh.runtime.failure.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The admin API under {@code /mesh/v1/}. */
final class MeshRoutes {

  /**
   * Below the time-outs of people and their tools; a peer that needs longer is named as missing.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final MeshView mesh;
  private final Supplier<NodeFigures> own;
  private final PeerFigures peers;
  private final Executor executor;

  MeshRoutes(MeshView mesh, Supplier<NodeFigures> own, PeerFigures peers, Executor executor) {
    this.mesh = mesh;
    this.own = own;
    this.peers = peers;
    this.executor = executor;
  }

  CompletionStage<HttpResponse> answer(HttpRequest request, List<String> segments) {
    String path = request.getUri().path();
    String name = segments.size() == 2 ? segments.get(1) : "";
    return switch (segments.get(0) + "/" + segments.size()) {
      case "nodes/1" ->
          figures(request, (scope, all) -> page(NodesPage.of(mesh.nodes(), scope, all)));
      case "services/1" -> later(() -> page(Map.of("services", mesh.services())));
      case "services/2" -> service(request, name);
      case "graph/1" -> figures(request, (scope, all) -> page(GraphPage.of(mesh, scope, all)));
      case "policies/2" -> later(() -> policy(name, path));
      default -> CompletableFuture.completedStage(AdminRoutes.nothingHere(path));
    };
  }

  private CompletionStage<HttpResponse> service(HttpRequest request, String name) {
    Optional<ServiceView> service = mesh.service(name);
    if (service.isEmpty()) {
      HttpResponse unknown = unknownService(name, request.getUri().path());
      return CompletableFuture.completedStage(unknown);
    }
    return figures(request, (scope, all) -> page(ServicePage.of(service.get(), scope, all)));
  }

  private HttpResponse policy(String name, String path) {
    return mesh.policy(name)
        .map(policy -> page(policy))
        .orElseGet(() -> unknownService(name, path));
  }

  private CompletionStage<HttpResponse> figures(
      HttpRequest request, BiFunction<Scope, CollectedFigures, HttpResponse> rendering) {
    Optional<String> asked = request.getUri().query().get("scope");
    Optional<Scope> scope = Scope.of(asked);
    if (scope.isEmpty()) {
      String detail = "scope: '" + asked.orElse("") + "' (expected: mesh or local)";
      return CompletableFuture.completedStage(
          Replies.problem(FailureCode.BAD_REQUEST, 400, detail, request.getUri().path()));
    }
    return collected(scope.get())
        .thenApplyAsync(all -> rendering.apply(scope.get(), all), executor);
  }

  private CompletionStage<CollectedFigures> collected(Scope scope) {
    return switch (scope) {
      case MESH -> peers.collect(PATIENCE);
      case LOCAL -> CompletableFuture.supplyAsync(() -> CollectedFigures.of(own.get()), executor);
    };
  }

  private CompletionStage<HttpResponse> later(Supplier<HttpResponse> rendering) {
    return CompletableFuture.supplyAsync(rendering, executor);
  }

  private static HttpResponse page(Object body) {
    return Replies.json(200, body);
  }

  private static HttpResponse unknownService(String name, String path) {
    String detail =
        "This node knows no service '" + name + "'; /mesh/v1/services lists those it knows.";
    return Replies.problem(FailureCode.UNKNOWN_SERVICE, 404, detail, path);
  }
}
