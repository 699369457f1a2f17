package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A stream from one node of an {@link InMemoryLinkNetwork} to another: the producer is asked for
 * what the reader has asked for, and elements are copied as bytes. Nothing is lost while a node is
 * silenced; it waits. The state belongs to the network's executor.
 */
final class InMemoryStream implements Flow.Publisher<ByteBuf> {

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  private final InMemoryLink link;
  private final InMemoryLinkTransport server;
  private final Flow.Publisher<ByteBuf> producer;
  private final boolean mustStart;
  private final Queue<Runnable> underWay = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private Flow.@Nullable Subscriber<? super ByteBuf> reader;
  private Flow.@Nullable Subscription upstream;
  private @Nullable StreamFailure failure;
  private boolean started;
  private boolean over;
  private long wanted;

  /** A stream; if {@code mustStart}, the producer is subscribed to even if only to cancel it. */
  InMemoryStream(
      InMemoryLink link,
      InMemoryLinkTransport server,
      Flow.Publisher<ByteBuf> producer,
      boolean mustStart) {
    this.link = link;
    this.server = server;
    this.producer = producer;
    this.mustStart = mustStart;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuf> subscriber) {
    if (subscribed.compareAndSet(false, true)) {
      link.network().executor().execute(() -> attach(subscriber));
    } else {
      RefusedStream.fail(
          subscriber, new IllegalStateException("a stream over a link can be read once"));
    }
  }

  /** Cancels the stream if nobody has subscribed by the end of the time that is given for it. */
  void expectReader() {
    link.after(
        link.subscribeTimeoutNanos(),
        () -> {
          if (!subscribed.get()) {
            fail(StreamFault.UNREAD, "nobody subscribed to the stream in time");
          }
        });
  }

  /** Ends the stream on both sides; on the executor. */
  void fail(StreamFault fault, String detail) {
    if (over) {
      return;
    }
    failure = new StreamFailure(fault, detail);
    stop();
    tellFailure();
  }

  private void attach(Flow.Subscriber<? super ByteBuf> subscriber) {
    reader = subscriber;
    subscriber.onSubscribe(new Reading());
    tellFailure();
  }

  private void tellFailure() {
    Flow.Subscriber<? super ByteBuf> told = reader;
    StreamFailure known = failure;
    if (told != null && known != null) {
      failure = null;
      told.onError(known);
    }
  }

  private void stop() {
    close();
    if (mustStart && !started) {
      started = true;
      RefusedStream.cancel(producer);
    }
    Flow.Subscription producing = upstream;
    if (producing != null) {
      producing.cancel();
    }
  }

  private void close() {
    over = true;
    link.closed(this);
    server.closed(this);
  }

  private void want(long elements) {
    if (over) {
      return;
    }
    Flow.Subscription producing = upstream;
    if (producing != null) {
      producing.request(elements);
      return;
    }
    wanted = wanted + elements < 0 ? Long.MAX_VALUE : wanted + elements;
    if (!started) {
      started = true;
      producer.subscribe(new Producing());
    }
  }

  private void cancelled() {
    if (!over) {
      stop();
    }
  }

  /** Sends something to the other side, in order, after the network's delay. */
  private void send(Runnable message) {
    underWay.add(message);
    link.network().deliver(this::arrive);
  }

  private void arrive() {
    if (!over && link.muted()) {
      link.after(RETRY_NANOS, this::arrive);
      return;
    }
    Runnable message = underWay.poll();
    if (message != null) {
      message.run();
    }
  }

  private final class Reading implements Flow.Subscription {

    @Override
    public void request(long elements) {
      if (elements > 0) {
        send(() -> want(elements));
        return;
      }
      String refused = "request: " + elements + " (expected: above 0)";
      link.network()
          .executor()
          .execute(
              () -> {
                if (!over) {
                  stop();
                  java.util.Objects.requireNonNull(reader)
                      .onError(new IllegalArgumentException(refused));
                }
              });
    }

    @Override
    public void cancel() {
      send(InMemoryStream.this::cancelled);
    }
  }

  private final class Producing implements Flow.Subscriber<ByteBuf> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      link.network().executor().execute(() -> begin(subscription));
    }

    private void begin(Flow.Subscription subscription) {
      upstream = subscription;
      if (over) {
        subscription.cancel();
      } else if (wanted > 0) {
        subscription.request(wanted);
      }
    }

    @Override
    public void onNext(ByteBuf element) {
      byte[] copy = ByteBufUtil.getBytes(element);
      element.release();
      int most = link.maxPayloadBytes();
      if (copy.length > most) {
        String detail = "an element has " + copy.length + " bytes (at most: " + most + ")";
        send(() -> fail(StreamFault.TOO_LARGE, detail));
      } else {
        send(() -> deliver(copy));
      }
    }

    private void deliver(byte[] copy) {
      Flow.Subscriber<? super ByteBuf> told = reader;
      if (!over && told != null) {
        told.onNext(Unpooled.wrappedBuffer(copy));
      }
    }

    @Override
    public void onError(Throwable thrown) {
      StreamFailure told = StreamFailure.of(thrown);
      send(() -> fail(told.fault(), told.detail()));
    }

    @Override
    public void onComplete() {
      send(
          () -> {
            Flow.Subscriber<? super ByteBuf> told = reader;
            if (!over && told != null) {
              close();
              told.onComplete();
            }
          });
    }
  }
}
