package io.actormesh.runtime.admin;

import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.telemetry.CallMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContextExecutor;

/**
 * The management HTTP server of a node: {@code /health/live}, {@code /health/ready}, {@code
 * /metrics} and the admin API under {@code /mesh/v1/}. It only answers questions; nothing can be
 * changed through it.
 */
public final class AdminServer {

  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

  private final ServerBinding binding;
  private final Mounted mounted;
  private final Readiness readiness;

  /** Answers all requests below a first segment of the path. */
  @FunctionalInterface
  public interface Part {
    CompletionStage<HttpResponse> answer(HttpRequest request) throws Exception;
  }

  /**
   * Where the answers come from.
   *
   * @param node this node's name
   * @param health what has to hold for the node to be ready
   * @param metrics what this node counts
   * @param mesh what this node knows of the mesh
   * @param peers how to ask the other nodes
   */
  public record Sources(
      String node, HealthChecks health, CallMetrics metrics, MeshView mesh, PeerFigures peers) {}

  private AdminServer(ServerBinding binding, Mounted mounted, Readiness readiness) {
    this.binding = binding;
    this.mounted = mounted;
    this.readiness = readiness;
  }

  /**
   * Starts to listen.
   *
   * @param host what to listen on
   * @param port 0 for any free one; see {@link #port()}
   * @return the server, or the failure to bind
   */
  public static CompletionStage<AdminServer> start(
      ActorSystem<?> system, String host, int port, Sources sources) {
    // Apart from the application's threads, so that it can be asked why those are all busy.
    ExecutionContextExecutor executor = system.dispatchers().lookup(DispatcherSelector.blocking());
    Readiness readiness = new Readiness(sources.health(), system.scheduler(), executor);
    AdminRoutes routes = routes(sources, readiness, executor);
    Mounted mounted = new Mounted();
    Function<HttpRequest, CompletionStage<HttpResponse>> handler =
        request -> mounted.part(request).orElse(own -> answer(system, routes, own)).answer(request);
    return Http.get(system)
        .newServerAt(host, port)
        .bind(handler)
        .thenApply(binding -> new AdminServer(binding, mounted, readiness));
  }

  /**
   * Lets something else answer below a first segment of the path, from now on. For what needs to
   * know the port that is bound.
   */
  public void mount(String segment, Part part) {
    mounted.add(segment, part);
  }

  /** Why this node takes no work, as {@code /health/ready} says; nothing if it does. */
  public CompletionStage<List<String>> whyNotReady() {
    return readiness
        .reasons()
        .thenApply(
            reasons -> reasons.stream().map(each -> each.check() + ": " + each.reason()).toList());
  }

  /** The port listened on. */
  public int port() {
    return binding.localAddress().getPort();
  }

  /** Stops listening, and closes connections when their answers are out or the time is over. */
  public CompletionStage<Void> stop(Duration patience) {
    return binding.terminate(patience).thenAccept(terminated -> {});
  }

  private static AdminRoutes routes(
      Sources sources, Readiness readiness, ExecutionContextExecutor executor) {
    Supplier<NodeFigures> own =
        () -> NodeFigures.of(sources.node(), sources.metrics(), sources.health().warnings());
    MeshRoutes mesh = new MeshRoutes(sources.mesh(), own, sources.peers(), executor);
    return new AdminRoutes(readiness, sources.metrics(), mesh, executor);
  }

  private static CompletionStage<HttpResponse> answer(
      ActorSystem<?> system, AdminRoutes routes, HttpRequest request) {
    return UnusedBody.discard(request, system)
        .thenCompose(
            whole -> {
              CompletionStage<HttpResponse> answer = routes.answer(request);
              return whole ? answer : answer.thenApply(UnusedBody::closing);
            })
        .exceptionally(failure -> failed(request, failure));
  }

  private static HttpResponse failed(HttpRequest request, Throwable failure) {
    String path = request.getUri().path();
    LOG.error("Cannot answer {} on the admin port", path, failure);
    return Replies.problem(
        FailureCode.INTERNAL, 500, "The node failed to answer; its log says why.", path);
  }
}
