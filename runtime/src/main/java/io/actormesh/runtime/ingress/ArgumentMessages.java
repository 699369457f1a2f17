package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.telemetry.StreamEnd;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;

/**
 * Reads a client's messages as elements, up to an empty one. It goes on reading until the client
 * closes, whether anybody wants elements or not: nobody would notice the close otherwise.
 */
final class ArgumentMessages extends GraphStage<FlowShape<ClientMessage, Object>> {

  /** Reads one message. */
  @FunctionalInterface
  interface Element {
    /**
     * The element.
     *
     * @throws InvalidRequestException if the message is none
     */
    Object read(byte[] json, long number);
  }

  private final Inlet<ClientMessage> in = Inlet.create("ArgumentMessages.in");
  private final Outlet<Object> out = Outlet.create("ArgumentMessages.out");
  private final FlowShape<ClientMessage, Object> shape = FlowShape.of(in, out);
  private final Element element;
  private final OpenStream open;
  private final int maxElement;
  private final boolean expected;

  /**
   * Reads messages.
   *
   * @param open is cut when a message is wrong, or the client leaves
   * @param maxElement the largest message
   * @param expected whether there may be elements at all
   */
  ArgumentMessages(Element element, OpenStream open, int maxElement, boolean expected) {
    this.element = element;
    this.open = open;
    this.maxElement = maxElement;
    this.expected = expected;
  }

  @Override
  public FlowShape<ClientMessage, Object> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Reading();
  }

  private final class Reading extends GraphStageLogic {

    private long number;
    private boolean whole = !expected;

    /** Nobody wants elements any more. */
    private boolean dropping;

    Reading() {
      super(shape);
      setHandlers(in, out, new Handler());
    }

    @Override
    public void preStart() {
      if (whole) {
        complete(out);
        pull(in);
      }
    }

    private void take(ClientMessage message) {
      number++;
      if (dropping || message.kind() == ClientMessage.Kind.BROKEN) {
        pull(in);
        return;
      }
      try {
        check(message);
        if (message.text().length == 0) {
          end();
        } else {
          push(out, element.read(message.text(), number));
        }
      } catch (InvalidRequestException invalid) {
        refuse(invalid);
      }
    }

    private void check(ClientMessage message) {
      if (message.kind() == ClientMessage.Kind.BINARY) {
        throw invalid(FailureCode.BAD_REQUEST, "is binary; send elements as texts of JSON.");
      }
      if (message.kind() == ClientMessage.Kind.TOO_LARGE) {
        throw invalid(FailureCode.BODY_TOO_LARGE, "is larger than " + maxElement + " bytes.");
      }
      if (whole && message.text().length > 0) {
        String why =
            expected
                ? "comes after the empty one, which ends the stream."
                : "is not expected: the operation takes no stream.";
        throw invalid(FailureCode.BAD_REQUEST, why);
      }
    }

    private InvalidRequestException invalid(FailureCode code, String what) {
      return new InvalidRequestException(
          Problem.of(code, "Message " + number + " " + what).path("$"));
    }

    private void end() {
      whole = true;
      if (!isClosed(out)) {
        complete(out);
      }
      pull(in);
    }

    private void refuse(InvalidRequestException invalid) {
      // First, so that the failure which follows of it is not what the client is told.
      open.cut(StreamEnd.INVALID, invalid.problem());
      dropping = true;
      if (!isClosed(out)) {
        fail(out, new ClientStreamException("the client's stream: " + invalid.problem().detail()));
      }
      pull(in);
    }

    private void gone() {
      Problem problem =
          Problem.of(FailureCode.CANCELLED, "The client closed the connection before the end.");
      open.cut(StreamEnd.CANCELLED, problem);
      failStage(new ClientStreamException("the client's stream: " + problem.detail()));
    }

    private final class Handler extends AbstractInOutHandler {

      @Override
      public void onPush() {
        take(grab(in));
      }

      @Override
      public void onPull() {
        if (!hasBeenPulled(in)) {
          pull(in);
        }
      }

      @Override
      public void onUpstreamFinish() {
        gone();
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        gone();
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        dropping = !whole;
        if (!hasBeenPulled(in)) {
          pull(in);
        }
      }
    }
  }
}
