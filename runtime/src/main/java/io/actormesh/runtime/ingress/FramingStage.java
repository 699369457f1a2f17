package io.actormesh.runtime.ingress;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Lets nothing through to the HTTP/1.1 parser that can be read in two ways. Bytes go on as they
 * came, heads when they are whole. Instead of one that is refused the parser gets a request of ours
 * that says why, so that the refusal comes after the answers that are still due; then nothing more.
 */
final class FramingStage extends GraphStage<FlowShape<SslTlsInbound, SslTlsInbound>> {

  /** The header that says why; its value is a fault's name. */
  static final String REFUSED = "mesh-refused";

  /** No chunk and no trailer, of which the parser makes a failure of the body. */
  private static final ByteString NO_CHUNK = ByteString.fromInts(0, 13, 10, 13, 10);

  private final Inlet<SslTlsInbound> in = Inlet.create("FramingStage.in");
  private final Outlet<SslTlsInbound> out = Outlet.create("FramingStage.out");
  private final FlowShape<SslTlsInbound, SslTlsInbound> shape = FlowShape.of(in, out);
  private final int largestHead;

  /**
   * @param largestHead bytes of a head, or of a chunk's size line, that are held while it is not
   *     whole
   */
  FramingStage(int largestHead) {
    this.largestHead = largestHead;
  }

  @Override
  public FlowShape<SslTlsInbound, SslTlsInbound> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private static ByteString refusal(FramingFault fault) {
    return ByteString.fromArray(
        ("GET / HTTP/1.1\r\nHost: a\r\n" + REFUSED + ": " + fault.name() + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  private final class Logic extends GraphStageLogic {

    private final FramingScan scan = new FramingScan();
    private @Nullable ByteString held;
    private @Nullable SessionBytes lastBytes;
    private boolean refused;

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
              finish();
            }
          });
    }

    private void take(SslTlsInbound element) {
      if (refused) {
        pull(in);
      } else if (element instanceof SessionBytes bytes) {
        takeBytes(bytes);
      } else {
        push(out, element);
      }
    }

    private void takeBytes(SessionBytes element) {
      ByteString bytes = element.bytes();
      int whole = scan.scan(bytes.asByteBuffer());
      FramingFault fault = scan.fault();
      if (fault != null) {
        refuse(element, before(bytes, whole), fault);
      } else if (whole == bytes.size() && held == null) {
        push(out, element);
      } else {
        handOn(element, before(bytes, whole), bytes.drop(whole));
      }
    }

    /** What is to be handed on before the bytes that are not whole. */
    private ByteString before(ByteString bytes, int whole) {
      if (held == null || whole == 0) {
        return bytes.take(whole);
      }
      // The parser reads single bytes: of a head that dribbled in it would look for each.
      ByteString all = held.concat(bytes.take(whole)).compact();
      held = null;
      return all;
    }

    private void handOn(SessionBytes element, ByteString whole, ByteString rest) {
      held = rest.isEmpty() ? held : held == null ? rest : held.concat(rest);
      lastBytes = element;
      if (held != null && held.size() > largestHead) {
        refuse(element, whole, FramingFault.HEAD_TOO_LARGE);
      } else if (whole.isEmpty()) {
        pull(in);
      } else {
        push(out, new SessionBytes(element.session(), whole));
      }
    }

    private void refuse(SessionBytes element, ByteString before, FramingFault fault) {
      refused = true;
      held = null;
      ByteString instead = scan.inBody() ? NO_CHUNK : refusal(fault);
      push(out, new SessionBytes(element.session(), before.concat(instead)));
    }

    private void finish() {
      ByteString rest = held;
      SessionBytes element = lastBytes;
      if (rest == null || element == null) {
        completeStage();
      } else {
        emit(out, new SessionBytes(element.session(), rest), () -> completeStage());
      }
    }
  }
}
