package io.actormesh.runtime.ingress;

import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.scaladsl.model.HttpEntity.ChunkStreamPart;
import org.apache.pekko.http.scaladsl.model.HttpEntity.Chunked;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** Tells {@link ClientConnections} of each request's beginning and of the end of its answer. */
final class ConnectionWatch implements Function<HttpRequest, CompletionStage<HttpResponse>> {

  private final ClientConnections connections;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> handler;

  ConnectionWatch(
      ClientConnections connections, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    this.connections = connections;
    this.handler = handler;
  }

  @Override
  public CompletionStage<HttpResponse> apply(HttpRequest request) {
    ClientConnection connection = connections.of(request);
    if (connection == null) {
      return handler.apply(request);
    }
    connection.begin();
    boolean bodiless = request.method() == HttpMethods.HEAD;
    return handler
        .apply(request)
        .whenComplete((response, failure) -> endIfFailed(connection, failure))
        .thenApply(
            response -> bodiless ? ended(connection, response) : watched(connection, response));
  }

  private void endIfFailed(ClientConnection connection, @Nullable Throwable failure) {
    if (failure != null) {
      connection.end(connections.nextDue(0));
    }
  }

  private HttpResponse ended(ClientConnection connection, HttpResponse response) {
    OptionalLong length = response.entity().getContentLengthOption();
    connection.end(connections.nextDue(length.orElse(0)));
    return response;
  }

  private HttpResponse watched(ClientConnection connection, HttpResponse response) {
    if (response.status().equals(StatusCodes.SWITCHING_PROTOCOLS)) {
      // A WebSocket's connection is never idle again: it lives and dies with its own rules.
      return response;
    }
    if (response.entity().getContentLengthOption().isPresent()) {
      return ended(connection, response);
    }
    return response.entity() instanceof Chunked chunked
        ? response.withEntity(watched(connection, chunked))
        : ended(connection, response);
  }

  /**
   * Not by {@code transformDataBytes}, and not of {@code dataBytes}: both ask for the first
   * elements before anybody wants them.
   */
  @SuppressWarnings("unchecked") // Chunks are Scala's, whichever language looks at them.
  private Chunked watched(ClientConnection connection, Chunked entity) {
    Source<?, ?> chunks =
        entity
            .getChunks()
            .watchTermination(
                (mat, end) -> {
                  end.whenComplete((done, failure) -> connection.end(connections.nextDue(0)));
                  return mat;
                });
    return new Chunked(
        entity.contentType(),
        (org.apache.pekko.stream.scaladsl.Source<ChunkStreamPart, Object>) chunks.asScala());
  }
}
