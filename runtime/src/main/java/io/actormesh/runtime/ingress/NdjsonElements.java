package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as lines of JSON, one element each; empty lines are none. What nobody wants any
 * more, because the service has had enough or a line was wrong, is read and dropped up to a limit:
 * a connection that is closed while its client still writes may lose the answer.
 */
final class NdjsonElements extends GraphStage<FlowShape<ByteString, Object>> {

  /** Reads one line. */
  @FunctionalInterface
  interface Line {
    /**
     * The element.
     *
     * @throws InvalidRequestException if the line is none
     */
    Object read(byte[] json, long number);
  }

  private final Inlet<ByteString> in = Inlet.create("NdjsonElements.in");
  private final Outlet<Object> out = Outlet.create("NdjsonElements.out");
  private final FlowShape<ByteString, Object> shape = FlowShape.of(in, out);
  private final Line line;
  private final CompletableFuture<Object> broken;
  private final int maxElement;
  private final long maxDropped;
  private final Duration dropTime;

  /**
   * Reads lines.
   *
   * @param broken fails with the problem that the client is to be told when its stream is
   * @param maxElement the longest line
   * @param maxDropped how many bytes are dropped
   * @param dropTime how long they are dropped
   */
  NdjsonElements(
      Line line,
      CompletableFuture<Object> broken,
      int maxElement,
      long maxDropped,
      Duration dropTime) {
    this.line = line;
    this.broken = broken;
    this.maxElement = maxElement;
    this.maxDropped = maxDropped;
    this.dropTime = dropTime;
  }

  @Override
  public FlowShape<ByteString, Object> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Reading();
  }

  private final class Reading extends TimerGraphStageLogic {

    private final LineSplitter lines = new LineSplitter(maxElement);
    private boolean whole;
    private boolean dropping;
    private long dropped;

    Reading() {
      super(shape);
      setHandlers(in, out, new Handler());
    }

    @Override
    public void onTimer(Object key) {
      completeStage();
    }

    @Override
    public void postStop() {
      if (!whole && !dropping) {
        broken.completeExceptionally(gone());
      }
    }

    private void advance() {
      try {
        byte[] next = nextLine();
        if (next != null) {
          push(out, line.read(next, lines.number()));
        } else if (whole) {
          completeStage();
        } else if (!hasBeenPulled(in)) {
          pull(in);
        }
      } catch (InvalidRequestException invalid) {
        refuse(invalid);
      } catch (LineSplitter.TooLongException tooLong) {
        refuse(new InvalidRequestException(tooLong(lines.number())));
      }
    }

    /** The next line that is not empty. */
    private byte @Nullable [] nextLine() throws LineSplitter.TooLongException {
      byte[] next = lines.next();
      while (next != null && isBlank(next)) {
        next = lines.next();
      }
      if (next == null && whole) {
        byte[] last = lines.last();
        return last == null || isBlank(last) ? null : last;
      }
      return next;
    }

    private void refuse(InvalidRequestException invalid) {
      broken.completeExceptionally(invalid);
      fail(out, new ClientStreamException("the client's stream: " + invalid.problem().detail()));
      drop();
    }

    private void drop() {
      if (whole) {
        completeStage();
        return;
      }
      dropping = true;
      lines.add(ByteString.emptyByteString());
      scheduleOnce("dropped", dropTime);
      if (!hasBeenPulled(in)) {
        pull(in);
      }
    }

    private Problem tooLong(long number) {
      return Problem.of(
              FailureCode.BODY_TOO_LARGE,
              "Line " + number + " is longer than " + maxElement + " bytes.")
          .path("$");
    }

    private InvalidRequestException gone() {
      return new InvalidRequestException(
          Problem.of(
              FailureCode.CANCELLED,
              "The client closed the connection before its stream was complete."));
    }

    private final class Handler extends AbstractInOutHandler {

      @Override
      public void onPush() {
        ByteString bytes = grab(in);
        if (!dropping) {
          lines.add(bytes);
          advance();
          return;
        }
        dropped += bytes.size();
        if (dropped > maxDropped) {
          completeStage();
        } else {
          pull(in);
        }
      }

      @Override
      public void onPull() {
        advance();
      }

      @Override
      public void onUpstreamFinish() {
        whole = true;
        if (dropping) {
          completeStage();
        } else if (isAvailable(out)) {
          advance();
        }
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        InvalidRequestException why =
            failure instanceof EntityStreamException malformed
                    && !malformed.info().summary().contains("truncation")
                ? new InvalidRequestException(
                    Problem.of(
                        FailureCode.BAD_REQUEST,
                        "The body is not valid HTTP: " + malformed.info().summary() + "."))
                : gone();
        broken.completeExceptionally(why);
        failStage(new ClientStreamException("the client's stream: " + why.problem().detail()));
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        drop();
      }
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte one : line) {
      if (one != ' ' && one != '\t') {
        return false;
      }
    }
    return true;
  }
}
