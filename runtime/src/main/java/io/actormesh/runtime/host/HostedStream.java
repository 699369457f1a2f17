package io.actormesh.runtime.host;

import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;
import io.actormesh.runtime.stream.StreamLife;
import io.actormesh.runtime.stream.StreamObserver;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** One stream that an instance sends or is sent, while it is open. */
final class HostedStream implements StreamObserver {

  private final boolean reply;
  private final InstanceStreams owner;
  private final HostStreams settings;
  private final StreamLife life;
  private volatile boolean started;
  private volatile boolean answered;

  /** What is to be told that it will never be read; whoever takes it tells. */
  private final AtomicReference<@Nullable Source<?, NotUsed>> source = new AtomicReference<>();

  private volatile @Nullable Cancellable timeout;

  HostedStream(String name, boolean reply, InstanceStreams owner, HostStreams settings) {
    this.reply = reply;
    this.owner = owner;
    this.settings = settings;
    this.life = new StreamLife(name, this);
  }

  StreamLife life() {
    return life;
  }

  boolean reply() {
    return reply;
  }

  /** Whether the call that brought it has been answered: then it is bound to nothing any more. */
  boolean answered() {
    return answered;
  }

  /** The source behind a reply, to be told if it will never be run. */
  void of(Source<?, NotUsed> produced) {
    source.set(produced);
    if (!life.waiting() && !started) {
      discard();
    }
  }

  /** Its call has been answered: from now on it is on its own. */
  void callAnswered() {
    answered = true;
    owner.answered(this);
    expectReader();
  }

  /** Its call has ended without an answer, so nobody will read it for any purpose. */
  void callFailed() {
    life.kill(new StreamFailure(StreamFault.CANCELLED, "the call that sends the stream has ended"));
  }

  /** Whoever wants to read it has to begin soon. */
  void expectReader() {
    if (life.waiting()) {
      timeout = settings.runner().after(settings.subscribeTimeout(), this::giveUp);
    }
  }

  private void giveUp() {
    life.giveUp(
        new StreamFailure(
            StreamFault.UNREAD,
            "nobody read it within " + settings.subscribeTimeout().toMillis() + " ms"));
  }

  @Override
  public void started() {
    started = true;
    source.set(null);
    stopTimeout();
  }

  @Override
  public void element() {
    owner.element();
  }

  @Override
  public void ended(@Nullable StreamFault fault) {
    stopTimeout();
    if (!started) {
      discard();
    }
    owner.ended(this, fault);
  }

  private void discard() {
    Source<?, NotUsed> unread = source.getAndSet(null);
    if (unread != null) {
      settings.runner().discard(unread);
    }
  }

  private void stopTimeout() {
    Cancellable pending = timeout;
    if (pending != null) {
      pending.cancel();
    }
  }
}
