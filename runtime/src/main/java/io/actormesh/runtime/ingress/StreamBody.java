package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.telemetry.StreamEnd;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Turns a stream of elements into a response's bytes: many small elements into few chunks, a sign
 * of life while there are none, words for its failure. Holds a chunk at most, so that a client that
 * does not read stops the producer.
 */
final class StreamBody extends GraphStage<FlowShape<Object, ByteString>> {

  private static final int CHUNK = 16 * 1024;

  /** The first chunk; each may be twice as large as the one before, once that has been taken. */
  private static final int FIRST_CHUNK = 1024;

  /** So that the last words are read before a cut connection discards them. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final Inlet<Object> in = Inlet.create("StreamBody.in");
  private final Outlet<ByteString> out = Outlet.create("StreamBody.out");
  private final FlowShape<Object, ByteString> shape = FlowShape.of(in, out);
  private final StreamText text;
  private final OpenStream open;
  private final Function<Throwable, Problem> problems;
  private final StreamSettings settings;
  private final Ticker ticker;

  StreamBody(
      StreamText text,
      OpenStream open,
      Function<Throwable, Problem> problems,
      StreamSettings settings,
      Ticker ticker) {
    this.text = text;
    this.open = open;
    this.problems = problems;
    this.settings = settings;
    this.ticker = ticker;
  }

  @Override
  public FlowShape<Object, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Writing();
  }

  private enum Timer {
    QUIET,
    LINGERED
  }

  private final class Writing extends TimerGraphStageLogic {

    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(512);
    private final Pace pace = new Pace(settings, settings.heartbeat());
    private final AsyncCallback<Done> flush = createAsyncCallback(done -> flushSoon());
    private int room = FIRST_CHUNK;
    private boolean flushing;
    private long elements;
    private @Nullable StreamEnd ending;

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
      text.begin(chunk);
      pace.wrote(ticker.nowNanos());
      scheduleOnce(Timer.QUIET, pace.next(ticker.nowNanos()));
    }

    @Override
    public void postStop() {
      open.sent(elements);
      open.end(ending == null ? StreamEnd.CANCELLED : ending);
    }

    @Override
    public void onTimer(Object key) {
      if (key == Timer.LINGERED) {
        failStage(new CutStreamException());
        return;
      }
      long now = ticker.nowNanos();
      if (isAvailable(out)) {
        if (ending == null && chunk.size() == 0 && pace.isQuiet(now)) {
          chunk.writeBytes(text.heartbeat());
          write();
        }
      } else if (pace.isStalled(now)) {
        ending = StreamEnd.STALLED;
        failStage(new CutStreamException());
        return;
      }
      scheduleOnce(Timer.QUIET, pace.next(ticker.nowNanos()));
    }

    private void take(Object element) {
      try {
        text.element(element, chunk);
        elements++;
      } catch (RuntimeException | StackOverflowError unwritable) {
        endEarly(StreamEnd.FAILED, problems.apply(unwritable));
        return;
      }
      if (chunk.size() < room) {
        pull(in);
      }
      if (isAvailable(out) && !flushing) {
        // After what is on its way already, so that it goes out in one chunk.
        flushing = true;
        flush.invoke(Done.getInstance());
      }
    }

    private void flushSoon() {
      flushing = false;
      if (isAvailable(out) && chunk.size() > 0) {
        write();
      }
    }

    private void write() {
      push(out, ByteString.fromArrayUnsafe(chunk.toByteArray()));
      open.wrote(chunk.size());
      if (chunk.size() >= room) {
        room = Math.min(CHUNK, 2 * room);
      }
      chunk.reset();
      pace.wrote(ticker.nowNanos());
      open.sent(elements);
      elements = 0;
      if (ending == null && !hasBeenPulled(in) && !isClosed(in)) {
        pull(in);
      }
      if (ending != null && !isCut()) {
        complete(out);
      }
    }

    private void endEarly(StreamEnd how, Problem problem) {
      if (ending == null) {
        cancel(in);
        text.failure(problem, chunk);
        end(how);
      }
    }

    private void end(StreamEnd how) {
      ending = how;
      if (isAvailable(out)) {
        written();
      }
    }

    /** What there is to say can be said now. */
    private void written() {
      if (chunk.size() > 0) {
        write();
      } else if (isCut()) {
        scheduleOnce(Timer.LINGERED, LINGER);
      } else {
        complete(out);
      }
    }

    private boolean isCut() {
      return ending != StreamEnd.COMPLETED && text.cutsFailures();
    }

    private final class Handler extends AbstractInOutHandler {

      @Override
      public void onPush() {
        take(grab(in));
      }

      @Override
      public void onPull() {
        if (ending != null) {
          written();
        } else if (chunk.size() > 0) {
          write();
        } else if (!hasBeenPulled(in)) {
          pull(in);
        }
      }

      @Override
      public void onUpstreamFinish() {
        if (ending == null) {
          text.end(chunk);
          end(StreamEnd.COMPLETED);
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
}
