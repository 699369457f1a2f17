package io.actormesh.runtime.ingress;

import io.actormesh.runtime.telemetry.StreamEnd;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** The body of one request on its way to a service, as the stream that an operation takes. */
final class Upload {

  private final RequestBody bodies;
  private final OpenStream open;
  private final CompletableFuture<Object> broken = new CompletableFuture<>();
  private final Source<Object, NotUsed> elements;

  Upload(
      RequestBody bodies,
      RequestMessages messages,
      Exchange exchange,
      Route<?> route,
      OpenStream open) {
    this.bodies = bodies;
    this.open = open;
    this.elements =
        bodies.elements(
            exchange.request,
            (json, number) -> {
              Object element = messages.readElement(route, json, "Line " + number);
              open.received();
              return element;
            },
            broken);
  }

  Source<Object, NotUsed> elements() {
    return elements;
  }

  /**
   * The service's reply, or what was wrong with the stream if that comes first: then the call is
   * cancelled, for its reply would be about less than the client meant.
   */
  CompletionStage<Object> firstOf(CompletionStage<Object> reply) {
    CompletableFuture<Object> first = new CompletableFuture<>();
    open.cutBy(cut -> broken.completeExceptionally(new InvalidRequestException(cut.problem())));
    // First, for a call fails of a stream that breaks, and says less of it.
    var unusedBroken =
        broken.whenComplete(
            (never, failure) -> {
              if (failure != null) {
                // Before anybody learns of it by another way. Also ends the stream of replies.
                open.cut(how(failure), problem(failure));
                if (first.completeExceptionally(failure)) {
                  cancel(reply);
                }
              }
            });
    var unusedReply =
        reply.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                first.completeExceptionally(failure);
              } else {
                first.complete(value);
              }
            });
    return first;
  }

  /** The answer is there: whatever of the stream nobody has asked for is dropped. */
  void over() {
    bodies.dropElements(elements);
  }

  private static void cancel(CompletionStage<Object> reply) {
    if (reply instanceof CompletableFuture<Object> future) {
      future.cancel(false);
    }
  }

  private static StreamEnd how(Throwable failure) {
    return problem(failure).status() == 499 ? StreamEnd.CANCELLED : StreamEnd.INVALID;
  }

  /** Nothing else breaks a stream. */
  private static Problem problem(@Nullable Throwable failure) {
    return ((InvalidRequestException) java.util.Objects.requireNonNull(failure)).problem();
  }
}
