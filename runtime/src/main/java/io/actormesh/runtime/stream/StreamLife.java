package io.actormesh.runtime.stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.link.StreamFault;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one stream at one of its ends: it waits to be run, is run once, and ends once.
 * Whoever owns it can end it early, before or while it runs. Thread-safe.
 */
public final class StreamLife {

  private sealed interface State {}

  private enum Waiting implements State {
    INSTANCE
  }

  private record Running(Consumer<StreamFailure> killer) implements State {}

  private record Ended(@Nullable StreamFailure failure) implements State {}

  private final AtomicReference<State> state = new AtomicReference<>(Waiting.INSTANCE);
  private final String name;
  private final StreamObserver observer;

  /**
   * The life of a stream that waits to be run.
   *
   * @param name what people know it as, such as {@code the reply of feed/watch}
   */
  public StreamLife(String name, StreamObserver observer) {
    this.name = name;
    this.observer = observer;
  }

  /** Whether nobody has run it, and nobody has ended it. */
  public boolean waiting() {
    return state.get() == Waiting.INSTANCE;
  }

  /** Ends it, unless it has ended: one that waits can never be run, one that runs fails so. */
  public void kill(StreamFailure failure) {
    if (!giveUp(failure) && state.get() instanceof Running running) {
      running.killer().accept(failure);
    }
  }

  /** Ends it if nobody has run it; who does so later is told the failure. */
  @CanIgnoreReturnValue
  public boolean giveUp(StreamFailure failure) {
    if (!state.compareAndSet(Waiting.INSTANCE, new Ended(failure))) {
      return false;
    }
    observer.ended(failure.fault());
    return true;
  }

  /**
   * Claims it for the one who runs it.
   *
   * @param killer ends what is being run; called from any thread, perhaps more than once
   * @return why it cannot be run, or empty
   */
  Optional<RuntimeException> claim(Consumer<StreamFailure> killer) {
    if (state.compareAndSet(Waiting.INSTANCE, new Running(killer))) {
      observer.started();
      return Optional.empty();
    }
    return refusal();
  }

  /** Why it cannot be run, if it cannot. */
  Optional<RuntimeException> refusal() {
    State now = state.get();
    if (now == Waiting.INSTANCE) {
      return Optional.empty();
    }
    return now instanceof Ended ended && ended.failure() != null
        ? Optional.of(ended.failure())
        : Optional.of(
            new IllegalStateException(
                name + " can be run once; share it with a BroadcastHub if many read it"));
  }

  /** Its reader wants nothing of it; returns whether nobody has run or ended it before. */
  boolean decline() {
    boolean mine = claim(failure -> {}).isEmpty();
    if (mine) {
      end(StreamFault.CANCELLED);
    }
    return mine;
  }

  void element() {
    observer.element();
  }

  /** What was run has ended; null if it came to its end. */
  void end(@Nullable StreamFault fault) {
    State now = state.get();
    if (now instanceof Running && state.compareAndSet(now, new Ended(null))) {
      observer.ended(fault);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
