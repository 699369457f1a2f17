package io.actormesh.runtime.host;

import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;
import io.actormesh.runtime.stream.StreamLife;
import io.actormesh.runtime.stream.StreamObserver;
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
  private volatile @Nullable Source<?, NotUsed> source;
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

  /** The source behind a reply within the process, to be told if it will never be read. */
  void of(Source<?, NotUsed> produced) {
    source = produced;
    expectReader();
    if (!life.waiting() && !started) {
      settings.runner().discard(produced);
    }
  }

  /** Its call has been answered: whoever wants to read it has to begin soon. */
  void callAnswered() {
    answered = true;
    expectReader();
  }

  /** Its call has ended without an answer, so nobody will read it for any purpose. */
  void callFailed() {
    life.kill(new StreamFailure(StreamFault.CANCELLED, "the call that sends the stream has ended"));
  }

  private void expectReader() {
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
    stopTimeout();
  }

  @Override
  public void element() {
    owner.element();
  }

  @Override
  public void ended(@Nullable StreamFault fault) {
    stopTimeout();
    Source<?, NotUsed> unread = source;
    source = null;
    if (!started && unread != null) {
      settings.runner().discard(unread);
    }
    owner.ended(this, fault);
  }

  private void stopTimeout() {
    Cancellable pending = timeout;
    if (pending != null) {
      pending.cancel();
    }
  }
}
