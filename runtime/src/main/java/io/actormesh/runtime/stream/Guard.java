package io.actormesh.runtime.stream;

import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;

/**
 * What makes a source that is handed over within the process behave as one that comes over a link:
 * it can be run once and ended by its owner, its elements are checked and counted, and its failures
 * are told in the reader's terms.
 */
final class Guard extends GraphStage<FlowShape<Object, Object>> {

  private final Inlet<Object> in = Inlet.create("Guard.in");
  private final Outlet<Object> out = Outlet.create("Guard.out");
  private final FlowShape<Object, Object> shape = FlowShape.of(in, out);
  private final StreamLife life;
  private final Class<?> elementType;
  private final Function<Throwable, Throwable> failures;

  Guard(StreamLife life, Class<?> elementType, Function<Throwable, Throwable> failures) {
    this.life = life;
    this.elementType = elementType;
    this.failures = failures;
  }

  @Override
  public FlowShape<Object, Object> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes inherited) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    private final AsyncCallback<StreamFailure> killed = createAsyncCallback(this::refuse);

    Logic() {
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

            @Override
            public void onUpstreamFinish() {
              life.end(null);
              completeStage();
            }

            @Override
            public void onUpstreamFailure(Throwable thrown) {
              life.end(Faults.faultOf(Faults.ofProducer(thrown)));
              failStage(failures.apply(thrown));
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              life.end(StreamFault.CANCELLED);
              cancelStage(cause);
            }
          });
    }

    @Override
    public void preStart() {
      Optional<RuntimeException> refused = life.claim(killed::invoke);
      if (refused.isPresent()) {
        failStage(failures.apply(refused.get()));
      }
    }

    private void pass(Object element) {
      if (elementType.isInstance(element)) {
        life.element();
        push(out, element);
      } else {
        refuse(
            new StreamFailure(
                StreamFault.NOT_SERIALIZABLE,
                "an element cannot be sent: it is a "
                    + element.getClass().getName()
                    + " (expected: "
                    + elementType.getName()
                    + ")"));
      }
    }

    private void refuse(StreamFailure failure) {
      life.end(failure.fault());
      failStage(failures.apply(failure));
    }

    @Override
    public void postStop() {
      life.end(StreamFault.LOST);
    }
  }
}
