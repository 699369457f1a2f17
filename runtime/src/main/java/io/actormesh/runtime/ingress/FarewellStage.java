package io.actormesh.runtime.ingress;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Puts a GOAWAY between the frames that an HTTP/2 connection writes when {@link
 * OpenConnections#leave} says so: the one that announces the end without refusing any stream (RFC
 * 9113, section 6.8). Streams that the client opens before it has read it are served; Pekko's own
 * GOAWAY, when the connection is closed, would lose them. Elements are whole frames.
 */
final class FarewellStage extends GraphStage<FlowShape<ByteString, ByteString>> {

  /** Last stream 2^31-1, NO_ERROR. */
  private static final ByteString GO_AWAY =
      ByteString.fromInts(0, 0, 8, 7, 0, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0);

  private static final int TYPE = 3;
  private static final int FLAGS = 4;
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int GO_AWAY_TYPE = 7;
  private static final int LAST_STREAM = 9;

  private static final int STREAM = 5;
  private static final ByteString STREAM_ONE = ByteString.fromInts(0, 0, 0, 1);
  private static final int END_HEADERS = 4;

  private final Inlet<ByteString> in = Inlet.create("FarewellStage.in");
  private final Outlet<ByteString> out = Outlet.create("FarewellStage.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final OpenConnections connections;
  private final @Nullable CompletableFuture<Done> streamOne;

  /**
   * @param streamOne if the connection is upgraded: completed when the answer to its first request
   *     begins. Pekko neither waits for that one nor counts it in its GOAWAY, so that a client
   *     would take it for refused
   */
  FarewellStage(OpenConnections connections, @Nullable CompletableFuture<Done> streamOne) {
    this.connections = connections;
    this.streamOne = streamOne;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic implements Runnable {

    private final AsyncCallback<FarewellStage> asked =
        createAsyncCallback(
            stage -> {
              due = true;
              say();
            });
    private @Nullable ByteString held;

    /** GOAWAY is to be written. */
    private boolean due;

    /** At least the server's SETTINGS have been written, and no header block is half written. */
    private boolean between;

    Logic() {
      super(shape);
      setHandlers(
          in,
          out,
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              ByteString frame = grab(in);
              if (isAvailable(out)) {
                write(frame);
              } else {
                held = frame;
              }
            }

            @Override
            public void onPull() {
              if (held != null) {
                ByteString frame = held;
                held = null;
                write(frame);
              } else {
                say();
                if (isAvailable(out) && !hasBeenPulled(in)) {
                  pull(in);
                }
              }
            }

            @Override
            public void onUpstreamFinish() {
              if (held != null) {
                emit(out, held);
              }
              completeStage();
            }
          });
    }

    /** From any thread. */
    @Override
    public void run() {
      asked.invoke(FarewellStage.this);
    }

    @Override
    public void preStart() {
      connections.addFarewell(this);
    }

    @Override
    public void postStop() {
      connections.removeFarewell(this);
      if (streamOne != null) {
        streamOne.complete(Done.done());
      }
    }

    private void write(ByteString frame) {
      between = frame.size() <= FLAGS || endsHeaders(frame);
      push(out, streamOne == null ? frame : upgraded(frame, streamOne));
    }

    private void say() {
      if (due && between && held == null && isAvailable(out)) {
        due = false;
        push(out, GO_AWAY);
      }
    }

    private ByteString upgraded(ByteString frame, CompletableFuture<Done> answered) {
      if (frame.size() > STREAM && frame.apply(TYPE) == HEADERS && isFirst(frame)) {
        answered.complete(Done.done());
      }
      return refusesAll(frame) ? countingStreamOne(frame) : frame;
    }

    private static boolean isFirst(ByteString frame) {
      return frame.slice(STREAM, STREAM + Integer.BYTES).equals(STREAM_ONE);
    }

    private static boolean refusesAll(ByteString frame) {
      if (frame.size() < GO_AWAY.size() || frame.apply(TYPE) != GO_AWAY_TYPE) {
        return false;
      }
      ByteString last = frame.slice(LAST_STREAM, LAST_STREAM + Integer.BYTES);
      return last.equals(ByteString.fromInts(0, 0, 0, 0));
    }

    private static ByteString countingStreamOne(ByteString goAway) {
      return goAway
          .take(LAST_STREAM)
          .concat(STREAM_ONE)
          .concat(goAway.drop(LAST_STREAM + Integer.BYTES));
    }

    private static boolean endsHeaders(ByteString frame) {
      int type = frame.apply(TYPE);
      boolean block = type == HEADERS || type == CONTINUATION;
      return !block || (frame.apply(FLAGS) & END_HEADERS) != 0;
    }
  }
}
