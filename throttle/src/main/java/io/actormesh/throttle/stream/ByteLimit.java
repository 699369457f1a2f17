package io.actormesh.throttle.stream;

import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Passes bytes on until their sum exceeds a limit, then fails the stream with {@link
 * ByteLimitExceeded} and cancels upstream, without passing on the element that went over. Exactly
 * {@code limit} bytes are still let through.
 */
public final class ByteLimit extends GraphStage<FlowShape<ByteString, ByteString>> {

  private final long limit;
  private final Inlet<ByteString> in = Inlet.create("ByteLimit.in");
  private final Outlet<ByteString> out = Outlet.create("ByteLimit.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

  private ByteLimit(long limit) {
    this.limit = limit;
  }

  /**
   * A flow that lets at most {@code limit} bytes through.
   *
   * @throws IllegalArgumentException if the limit is negative
   */
  public static Flow<ByteString, ByteString, NotUsed> flow(long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: >= 0)");
    }
    return Flow.fromGraph(new ByteLimit(limit));
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Counting();
  }

  private final class Counting extends GraphStageLogic {

    private long left = limit;

    Counting() {
      super(shape);
      setHandlers(
          in,
          out,
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              pass(grab(in));
            }

            @Override
            public void onPull() {
              pull(in);
            }
          });
    }

    private void pass(ByteString bytes) {
      left -= bytes.size();
      if (left < 0) {
        failStage(new ByteLimitExceeded(limit));
      } else {
        push(out, bytes);
      }
    }
  }
}
