package io.actormesh.runtime.host;

import io.actormesh.runtime.call.CallContext;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorRefProvider;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.InvalidMessageException;
import org.apache.pekko.actor.MinimalActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.dispatch.sysmsg.DeathWatchNotification;
import org.apache.pekko.dispatch.sysmsg.SystemMessage;
import org.apache.pekko.dispatch.sysmsg.Unwatch;
import org.apache.pekko.dispatch.sysmsg.Watch;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;

/**
 * The {@code replyTo} of one call: telling it answers the call, watching it ends with the call, and
 * it may be sent to other nodes. The one class of the runtime that is built on Pekko's internals;
 * they are used as its own ask ref uses them, and {@code ReplyRefTest} fails when they change.
 *
 * <p>It has no actor, no timer and, until somebody asks for its path, no registration: that is why
 * it costs little. A path is asked for when the ref is serialized, compared, hashed or printed.
 */
@SuppressWarnings("ReferenceEquality") // equality would ask for the path, and so register it
final class ReplyRef extends InternalActorRef implements MinimalActorRef {

  private static final long serialVersionUID = 1L;
  private static final Object REGISTERING = new Object();
  private static final Watcher NOTIFIED = new Watcher(null, null);
  private static final VarHandle PATH;
  private static final VarHandle WATCHERS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PATH = lookup.findVarHandle(ReplyRef.class, "path", Object.class);
      WATCHERS = lookup.findVarHandle(ReplyRef.class, "watchers", Watcher.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private record Watcher(@Nullable InternalActorRef ref, @Nullable Watcher next) {}

  private final transient ActorRefProvider provider;
  private final transient HostedCall<?> call;

  /** Null, {@link #REGISTERING}, or the {@link ActorPath}. */
  private transient volatile @Nullable Object path;

  private transient volatile @Nullable Watcher watchers;

  ReplyRef(ActorRefProvider provider, HostedCall<?> call) {
    this.provider = provider;
    this.call = call;
  }

  org.apache.pekko.actor.typed.ActorRef<Object> typed() {
    return Adapter.toTyped(this);
  }

  CallContext context() {
    return call.context();
  }

  /** The call has ended: nobody can find the ref any more, and who watches it is told. */
  void ended() {
    if (path instanceof ActorPath registered) {
      provider.unregisterTempActor(registered);
    }
    if (watchers != null) {
      notifyWatchers();
    }
  }

  @Override
  public void $bang(Object message, @Nullable ActorRef sender) {
    if (message == null) {
      throw InvalidMessageException.apply("Message is null");
    }
    call.reply(message);
  }

  @Override
  public ActorPath path() {
    while (true) {
      Object present = path;
      if (present instanceof ActorPath known) {
        return known;
      }
      if (present == null && PATH.compareAndSet(this, null, REGISTERING)) {
        return register();
      }
      Thread.onSpinWait();
    }
  }

  private ActorPath register() {
    boolean lives = !call.ended();
    ActorPath made = null;
    try {
      made = provider.tempPath("call");
      if (lives) {
        provider.registerTempActor(this, made);
      }
    } finally {
      path = made;
    }
    // The call may have ended before the path could be seen: then this thread cleans up.
    if (lives && call.ended()) {
      provider.unregisterTempActor(made);
    }
    return made;
  }

  @Override
  public void sendSystemMessage(SystemMessage message) {
    if (message instanceof Watch watch && isThis(watch.watchee()) && watch.watcher() != this) {
      watchedBy(watch.watcher());
    } else if (message instanceof Unwatch unwatch && isThis(unwatch.watchee())) {
      unwatchedBy(unwatch.watcher());
    }
  }

  /**
   * A watch from another node names the ref by its path. If the call ends while the message is
   * being read, that path leads to nobody, yet the watch must be answered.
   */
  private boolean isThis(ActorRef watchee) {
    return watchee == this || (path != null && watchee.equals(this));
  }

  private void watchedBy(InternalActorRef watcher) {
    Watcher before = watchers;
    while (before != NOTIFIED
        && !WATCHERS.compareAndSet(this, before, new Watcher(watcher, before))) {
      before = watchers;
    }
    if (before == NOTIFIED) {
      tellTermination(watcher);
    } else if (call.ended()) {
      notifyWatchers();
    }
  }

  private void unwatchedBy(ActorRef watcher) {
    Watcher before = watchers;
    while (before != NOTIFIED && !WATCHERS.compareAndSet(this, before, without(before, watcher))) {
      before = watchers;
    }
  }

  private static @Nullable Watcher without(@Nullable Watcher list, ActorRef watcher) {
    if (list == null) {
      return null;
    }
    Watcher rest = without(list.next, watcher);
    return watcher.equals(list.ref) ? rest : new Watcher(list.ref, rest);
  }

  private void notifyWatchers() {
    Watcher list = (Watcher) WATCHERS.getAndSet(this, NOTIFIED);
    for (Watcher each = list; each != null && each != NOTIFIED; each = each.next) {
      if (each.ref != null) {
        tellTermination(each.ref);
      }
    }
  }

  private void tellTermination(InternalActorRef watcher) {
    watcher.sendSystemMessage(new DeathWatchNotification(this, true, false));
  }

  @Override
  public boolean isTerminated() {
    return call.ended();
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public ActorRefProvider provider() {
    return provider;
  }

  @Override
  public InternalActorRef getParent() {
    return provider.tempContainer();
  }

  @Override
  public InternalActorRef getChild(Iterator<String> name) {
    return MinimalActorRef.super.getChild(name);
  }

  // There is no actor whose life could be steered; the call decides when it ends.

  @Override
  public void start() {}

  @Override
  public void resume(Throwable cause) {}

  @Override
  public void suspend() {}

  @Override
  public void restart(Throwable cause) {}

  @Override
  public void stop() {}
}
