package io.actormesh.runtime.stream;

import io.actormesh.runtime.codec.ElementCodec;
import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * What a link brings as a source, to be run once. Elements are decoded on the reader's own thread,
 * when it asks for them. A stage of our own instead of Pekko's subscriber, which would send itself
 * a message for each element, and forget buffers when it is cancelled.
 */
final class ElementInput extends GraphStage<SourceShape<Object>> {

  private final Outlet<Object> out = Outlet.create("ElementInput.out");
  private final SourceShape<Object> shape = SourceShape.of(out);
  private final Flow.Publisher<ByteBuf> elements;
  private final ElementCodec codec;
  private final StreamLife life;
  private final Function<StreamFailure, ? extends Throwable> failures;

  ElementInput(
      Flow.Publisher<ByteBuf> elements,
      ElementCodec codec,
      StreamLife life,
      Function<StreamFailure, ? extends Throwable> failures) {
    this.elements = elements;
    this.codec = codec;
    this.life = life;
    this.failures = failures;
  }

  @Override
  public SourceShape<Object> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes inherited) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    private final AsyncCallback<Boolean> woken = createAsyncCallback(unused -> look());
    private final ElementReader reader = new ElementReader(() -> woken.invoke(true));
    private final AtomicReference<@Nullable StreamFailure> killed = new AtomicReference<>();
    private boolean claimed;

    Logic() {
      super(shape);
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              look();
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              life.end(StreamFault.CANCELLED);
              completeStage();
            }
          });
    }

    @Override
    public void preStart() {
      Optional<RuntimeException> refused = life.claim(this::kill);
      if (refused.isPresent()) {
        failStage(
            refused.get() instanceof StreamFailure known ? failures.apply(known) : refused.get());
        return;
      }
      claimed = true;
      elements.subscribe(reader);
    }

    private void kill(StreamFailure failure) {
      killed.compareAndSet(null, failure);
      woken.invoke(true);
    }

    private void look() {
      StreamFailure failure = killed.get();
      if (failure != null) {
        fail(failure);
      } else if (isAvailable(out)) {
        next();
      }
    }

    private void next() {
      ByteBuf element = reader.take();
      if (element == null) {
        ElementReader.Ending ending = reader.ending();
        if (ending == null) {
          reader.ask();
        } else {
          end(ending.failure());
        }
        return;
      }
      Object decoded;
      try {
        decoded = codec.decode(element);
      } catch (RuntimeException | StackOverflowError unreadable) {
        fail(Faults.ofDecoding(unreadable));
        return;
      } finally {
        element.release();
      }
      life.element();
      reader.ask();
      push(out, decoded);
    }

    private void end(@Nullable Throwable thrown) {
      if (thrown == null) {
        life.end(null);
        completeStage();
      } else {
        fail(
            thrown instanceof StreamFailure known
                ? known
                : new StreamFailure(StreamFault.INTERNAL, thrown.toString()));
      }
    }

    private void fail(StreamFailure failure) {
      life.end(failure.fault());
      failStage(failures.apply(failure));
    }

    @Override
    public void postStop() {
      if (claimed) {
        reader.close();
        life.end(StreamFault.CANCELLED);
      }
    }
  }
}
