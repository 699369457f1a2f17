package io.actormesh.runtime.admin;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * A request's body that no answer depends on. It is read all the same, before the answer: to one
 * that is still being sent the connection would be reset, and the client could lose the answer.
 */
final class UnusedBody {

  /** More than a mistaken upload of a form, less than what is worth waiting for. */
  private static final long MAX_BYTES = 1 << 20;

  /** Below the time-outs of people and their tools. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private UnusedBody() {}

  /**
   * Reads it to its end, and drops it.
   *
   * @return whether the end has come; not if it is too long or too slow, or broke off
   */
  static CompletionStage<Boolean> discard(HttpRequest request, ActorSystem<?> system) {
    if (request.entity().isStrict()) {
      return CompletableFuture.completedStage(true);
    }
    return request
        .entity()
        .withSizeLimit(MAX_BYTES)
        .getDataBytes()
        .completionTimeout(PATIENCE)
        .runWith(Sink.ignore(), system)
        .handle((done, failure) -> failure == null);
  }

  /** The last answer of a connection on which the rest of a body may still arrive. */
  static HttpResponse closing(HttpResponse answer) {
    return answer.addHeader(Connection.create("close"));
  }
}
