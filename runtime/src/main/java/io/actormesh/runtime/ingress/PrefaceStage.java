package io.actormesh.runtime.ingress;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Hands on the first bytes of a connection only when they tell whether they are HTTP/2's preface:
 * Pekko looks at the first element alone, and TCP may divide a preface.
 */
final class PrefaceStage extends GraphStage<FlowShape<ByteString, ByteString>> {

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Inlet<ByteString> in = Inlet.create("PrefaceStage.in");
  private final Outlet<ByteString> out = Outlet.create("PrefaceStage.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private static boolean undecided(ByteString begun) {
    if (begun.size() >= PREFACE.length) {
      return false;
    }
    for (int i = 0; i < begun.size(); i++) {
      if (begun.apply(i) != PREFACE[i]) {
        return false;
      }
    }
    return true;
  }

  private final class Logic extends GraphStageLogic {

    private ByteString begun = ByteString.emptyByteString();
    private boolean decided;

    Logic() {
      super(shape);
      setHandlers(
          in,
          out,
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              take(grab(in));
            }

            @Override
            public void onPull() {
              pull(in);
            }

            @Override
            public void onUpstreamFinish() {
              if (decided || begun.isEmpty()) {
                completeStage();
              } else {
                emit(out, begun, () -> completeStage());
              }
            }
          });
    }

    private void take(ByteString bytes) {
      if (decided) {
        push(out, bytes);
        return;
      }
      begun = begun.concat(bytes);
      if (undecided(begun)) {
        pull(in);
        return;
      }
      decided = true;
      push(out, begun);
      begun = ByteString.emptyByteString();
    }
  }
}
