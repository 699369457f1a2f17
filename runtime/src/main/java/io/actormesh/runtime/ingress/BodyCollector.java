package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;

/**
 * Collects a body up to a limit, in time. Once the body is refused the rest of it is read and
 * dropped instead of cancelled: a connection that is closed while its client still writes may lose
 * the answer. How much is dropped is limited upstream.
 */
final class BodyCollector
    extends AbstractGraphStageWithMaterializedValue<
        SinkShape<ByteString>, CompletionStage<byte[]>> {

  private final Inlet<ByteString> in = Inlet.create("BodyCollector.in");
  private final SinkShape<ByteString> shape = SinkShape.of(in);
  private final int limit;
  private final Duration timeout;

  BodyCollector(int limit, Duration timeout) {
    this.limit = limit;
    this.timeout = timeout;
  }

  @Override
  public SinkShape<ByteString> shape() {
    return shape;
  }

  @Override
  public Pair<GraphStageLogic, CompletionStage<byte[]>> createLogicAndMaterializedValuePair(
      Attributes attributes) {
    Collecting logic = new Collecting();
    return Pair.create(logic, logic.body);
  }

  private final class Collecting extends TimerGraphStageLogic {

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private ByteStringBuilder collected = ByteString.createBuilder();
    private boolean timedOut;

    Collecting() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              take(grab(in));
              pull(in);
            }

            @Override
            public void onUpstreamFinish() {
              body.complete(collected.result().toArrayUnsafe());
              completeStage();
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
              refuse(problemOf(failure));
              completeStage();
            }
          });
    }

    @Override
    public void preStart() {
      scheduleOnce(this, timeout);
      pull(in);
    }

    @Override
    public void postStop() {
      refuse(gone());
    }

    @Override
    public void onTimer(Object key) {
      if (timedOut) {
        completeStage();
        return;
      }
      timedOut = true;
      refuse(
          Problem.of(
              FailureCode.BODY_TIMEOUT,
              "The body did not arrive within " + timeout.toMillis() + " ms."));
      // As much time again to drop the rest, for the answer's sake.
      scheduleOnce(this, timeout);
    }

    private void take(ByteString bytes) {
      if (body.isDone()) {
        return;
      }
      if (collected.length() + bytes.size() > limit) {
        refuse(RequestBody.tooLarge(limit));
      } else {
        collected.append(bytes);
      }
    }

    private void refuse(Problem problem) {
      if (body.completeExceptionally(new InvalidRequestException(problem))) {
        collected = ByteString.createBuilder();
      }
    }

    private Problem problemOf(Throwable failure) {
      if (!(failure instanceof EntityStreamException malformed)) {
        return gone();
      }
      String summary = malformed.info().summary();
      if (summary.contains("truncation")) {
        return gone();
      }
      // A chunk larger than a whole body may be: Pekko's parser stops before it has read it.
      return summary.contains("exceeds the configured limit of ")
          ? RequestBody.tooLarge(limit)
          : Problem.of(FailureCode.BAD_REQUEST, "The body is not valid HTTP: " + summary + ".");
    }

    private Problem gone() {
      return Problem.of(
          FailureCode.CANCELLED, "The client closed the connection before its body was complete.");
    }
  }
}
