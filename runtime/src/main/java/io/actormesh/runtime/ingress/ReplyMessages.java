package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.telemetry.StreamEnd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * Turns a stream of elements into messages of a WebSocket, one each, and its failure into a last
 * one. Completes for a close with 1000, fails for one with 1011. Holds nothing, so that a client
 * that does not read stops the producer.
 */
final class ReplyMessages extends GraphStage<FlowShape<Object, Message>> {

  /** So that the failure does not overtake the last words. */
  private static final Duration LINGER = Duration.ofMillis(100);

  private final Inlet<Object> in = Inlet.create("ReplyMessages.in");
  private final Outlet<Message> out = Outlet.create("ReplyMessages.out");
  private final FlowShape<Object, Message> shape = FlowShape.of(in, out);
  private final Function<Object, byte[]> json;
  private final String requestId;
  private final OpenStream open;
  private final Function<Throwable, Problem> problems;
  private final StreamSettings settings;
  private final Ticker ticker;

  ReplyMessages(
      Function<Object, byte[]> json,
      String requestId,
      OpenStream open,
      Function<Throwable, Problem> problems,
      StreamSettings settings,
      Ticker ticker) {
    this.json = json;
    this.requestId = requestId;
    this.open = open;
    this.problems = problems;
    this.settings = settings;
    this.ticker = ticker;
  }

  @Override
  public FlowShape<Object, Message> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Writing();
  }

  private enum Timer {
    STALLED,
    LINGERED
  }

  private final class Writing extends TimerGraphStageLogic {

    private final Pace pace = new Pace(settings, settings.writeTimeout());
    private @Nullable StreamEnd ending;
    private @Nullable Message lastWords;

    Writing() {
      super(shape);
      setHandlers(in, out, new Handler());
    }

    @Override
    public void preStart() {
      if (!open.claim()) {
        failStage(new CutStreamException());
        return;
      }
      AsyncCallback<OpenStream.Cut> cut =
          createAsyncCallback(by -> endEarly(by.end(), by.problem()));
      open.cutBy(cut::invoke);
      pace.wrote(ticker.nowNanos());
      scheduleOnce(Timer.STALLED, pace.next(ticker.nowNanos()));
    }

    @Override
    public void postStop() {
      open.end(ending == null ? StreamEnd.CANCELLED : ending);
    }

    @Override
    public void onTimer(Object key) {
      if (key == Timer.LINGERED) {
        failStage(new CutStreamException());
      } else if (!isAvailable(out) && pace.isStalled(ticker.nowNanos())) {
        ending = StreamEnd.STALLED;
        failStage(new CutStreamException());
      } else {
        scheduleOnce(Timer.STALLED, pace.next(ticker.nowNanos()));
      }
    }

    private void take(Object element) {
      try {
        write(message(json.apply(element)));
        open.sent(1);
      } catch (RuntimeException | StackOverflowError unwritable) {
        endEarly(StreamEnd.FAILED, problems.apply(unwritable));
      }
    }

    private void write(Message message) {
      push(out, message);
      pace.wrote(ticker.nowNanos());
    }

    private void endEarly(StreamEnd how, Problem problem) {
      if (ending != null) {
        return;
      }
      ending = how;
      if (how == StreamEnd.CANCELLED) {
        completeStage();
        return;
      }
      cancel(in);
      lastWords = message(NdjsonText.problem(problem, requestId));
      if (isAvailable(out)) {
        sayLastWords();
      }
    }

    private void sayLastWords() {
      Message words = lastWords;
      if (words != null) {
        lastWords = null;
        write(words);
      } else {
        scheduleOnce(Timer.LINGERED, LINGER);
      }
    }

    private final class Handler extends AbstractInOutHandler {

      @Override
      public void onPush() {
        take(grab(in));
      }

      @Override
      public void onPull() {
        if (ending != null) {
          sayLastWords();
        } else {
          pull(in);
        }
      }

      @Override
      public void onUpstreamFinish() {
        if (ending == null) {
          ending = StreamEnd.COMPLETED;
          completeStage();
        }
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        OpenStream.Cut cut = open.cutSoFar();
        if (cut == null) {
          endEarly(StreamEnd.FAILED, problems.apply(failure));
        } else {
          // A consequence of what the client is to be told.
          endEarly(cut.end(), cut.problem());
        }
      }
    }
  }

  private static Message message(byte[] json) {
    return TextMessage.create(new String(json, StandardCharsets.UTF_8));
  }
}
