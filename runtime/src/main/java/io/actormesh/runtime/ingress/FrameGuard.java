package io.actormesh.runtime.ingress;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;

/**
 * Ends an HTTP/2 connection whose client sends frames that only cost, see {@link FrameScan}. Reads
 * nothing more of it then, and closes it after a GOAWAY; a client that does not read that either
 * has its idle connection cut like any other. What a client sends reaches Pekko only when it has
 * been looked at. Elements that the server writes are whole frames.
 */
final class FrameGuard
    extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {

  private static final int TYPE = 3;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;

  private final Inlet<ByteString> written = Inlet.create("FrameGuard.written");
  private final Outlet<ByteString> toClient = Outlet.create("FrameGuard.toClient");
  private final Inlet<ByteString> fromClient = Inlet.create("FrameGuard.fromClient");
  private final Outlet<ByteString> read = Outlet.create("FrameGuard.read");
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
      BidiShape.of(written, toClient, fromClient, read);
  private final FrameLimits limits;

  FrameGuard(FrameLimits limits) {
    this.limits = limits;
  }

  @Override
  public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private static ByteString goAway(int lastStream, FrameFault fault) {
    ByteStringBuilder frame = new ByteStringBuilder();
    frame.append(ByteString.fromInts(0, 0, 2 * Integer.BYTES, 7, 0, 0, 0, 0, 0));
    frame.putInt(lastStream, BIG_ENDIAN);
    frame.putInt(fault.error(), BIG_ENDIAN);
    return frame.result();
  }

  private final class Logic extends GraphStageLogic {

    private final FrameBudget budget = new FrameBudget(limits.controlFrames(), limits.ticker());
    private final FrameScan scan = new FrameScan(budget, limits.headerBlock());

    /** The last stream of which the server has heard. */
    private int lastStream;

    Logic() {
      super(shape);
      setHandler(
          written,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              write(grab(written));
            }

            @Override
            public void onUpstreamFinish() {
              complete(toClient);
            }
          });
      setHandler(
          toClient,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              if (!hasBeenPulled(written)) {
                tryPull(written);
              }
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              cancel(written, cause);
            }
          });
      setHandler(
          fromClient,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              take(grab(fromClient));
            }

            @Override
            public void onUpstreamFinish() {
              complete(read);
            }
          });
      setHandler(
          read,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              tryPull(fromClient);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              cancel(fromClient, cause);
            }
          });
    }

    private void take(ByteString bytes) {
      FrameFault fault = scan.read(bytes);
      if (fault != null) {
        end(fault);
      } else {
        lastStream = scan.lastStream();
        push(read, bytes);
      }
    }

    private void write(ByteString frame) {
      int type = frame.size() > TYPE ? frame.apply(TYPE) : DATA;
      if (type == DATA || type == HEADERS) {
        budget.earn(frame.size());
      } else if (type == RESET && !budget.spend(1)) {
        // Clients can make the server reset streams that it has begun to work on, too.
        end(FrameFault.FLOOD);
        return;
      }
      push(toClient, frame);
    }

    private void end(FrameFault fault) {
      limits.observer().connectionCut(fault.reason());
      cancel(fromClient);
      // Upon this Pekko closes the other end itself; it would log the end of half a frame.
      cancel(written);
      emit(toClient, goAway(lastStream, fault), () -> complete(toClient));
    }
  }
}
