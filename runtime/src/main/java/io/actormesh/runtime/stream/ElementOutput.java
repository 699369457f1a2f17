package io.actormesh.runtime.stream;

import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;
import io.actormesh.runtime.stream.ElementPublisher.Encoding;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * The end of a stream at which a link takes its elements. A stage of our own instead of Pekko's
 * publisher: what is encoded is handed over in the same step, so that no buffer is lost however the
 * stream ends, and a link that asks ahead of need costs no message.
 */
final class ElementOutput extends GraphStage<SinkShape<Object>> {

  private final Inlet<Object> in = Inlet.create("ElementOutput.in");
  private final SinkShape<Object> shape = SinkShape.of(in);
  private final StreamLife life;
  private final Encoding encoding;
  private final Flow.Subscriber<? super ByteBuf> link;
  private final AtomicReference<@Nullable StreamFailure> killed = new AtomicReference<>();
  private volatile @Nullable Logic running;

  ElementOutput(StreamLife life, Encoding encoding, Flow.Subscriber<? super ByteBuf> link) {
    this.life = life;
    this.encoding = encoding;
    this.link = link;
  }

  /** Ends the stream; any thread, also before it has been run. */
  void kill(StreamFailure failure) {
    killed.compareAndSet(null, failure);
    Logic present = running;
    if (present != null) {
      present.wakeUp();
    }
  }

  @Override
  public SinkShape<Object> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes inherited) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic implements Flow.Subscription {
    private final AtomicLong demand = new AtomicLong();
    private final AsyncCallback<Boolean> woken = createAsyncCallback(unused -> look());
    private volatile boolean cancelled;
    private boolean ended;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              send(grab(in));
            }

            @Override
            public void onUpstreamFinish() {
              complete();
            }

            @Override
            public void onUpstreamFailure(Throwable thrown) {
              StreamFailure failure = Faults.ofProducer(thrown);
              tell(failure);
              failStage(failure);
            }
          });
    }

    @Override
    public void preStart() {
      link.onSubscribe(this);
      running = this;
      look();
    }

    @Override
    public void request(long elements) {
      if (elements <= 0) {
        kill(new StreamFailure(StreamFault.INTERNAL, "asked for " + elements + " elements"));
      } else if (demand.getAndUpdate(present -> sum(present, elements)) == 0) {
        wakeUp();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      wakeUp();
    }

    void wakeUp() {
      woken.invoke(true);
    }

    private void look() {
      StreamFailure failure = killed.get();
      if (cancelled) {
        var unused = over(StreamFault.CANCELLED);
        completeStage();
      } else if (failure != null) {
        tell(failure);
        cancelStage(failure);
      } else if (demand.get() > 0 && !hasBeenPulled(in) && !isClosed(in)) {
        pull(in);
      }
    }

    private void send(Object element) {
      if (ended) {
        return;
      }
      ByteBuf encoded;
      try {
        encoded = encoding.codec().encode(element, encoding.buffers(), encoding.maxBytes());
      } catch (RuntimeException | StackOverflowError unsendable) {
        StreamFailure failure = Faults.ofEncoding(unsendable);
        tell(failure);
        cancelStage(failure);
        return;
      }
      long left = demand.decrementAndGet();
      life.element();
      link.onNext(encoded);
      if (left > 0 && !isClosed(in)) {
        pull(in);
      }
    }

    private void complete() {
      if (over(null)) {
        link.onComplete();
      }
      completeStage();
    }

    private void tell(StreamFailure failure) {
      if (over(failure.fault())) {
        link.onError(failure);
      }
    }

    private boolean over(@Nullable StreamFault fault) {
      if (ended) {
        return false;
      }
      ended = true;
      life.end(fault);
      return true;
    }

    @Override
    public void postStop() {
      // Only the end of the actor system comes here before the stream has ended.
      tell(new StreamFailure(StreamFault.LOST, "the node stopped while the stream was open"));
    }
  }

  private static long sum(long present, long more) {
    long sum = present + more;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
