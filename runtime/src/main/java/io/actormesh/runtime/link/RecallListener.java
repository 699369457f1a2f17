package io.actormesh.runtime.link;

import java.util.concurrent.atomic.AtomicReference;

/** Who is told, at most once, that a call need not be run any more. Thread-safe. */
final class RecallListener extends AtomicReference<Runnable> {

  private static final Runnable NOBODY = new Nothing();
  private static final Runnable RECALLED = new Nothing();

  RecallListener() {
    super(NOBODY);
  }

  /** Registers one more listener; it runs at once if the recall has been. */
  void add(Runnable listener) {
    Runnable before =
        getAndUpdate(present -> present == RECALLED ? RECALLED : both(present, listener));
    if (before == RECALLED) {
      listener.run();
    }
  }

  /** Notes the recall, and returns whom to tell. */
  Runnable recalled() {
    return getAndSet(RECALLED);
  }

  private static Runnable both(Runnable first, Runnable second) {
    if (first == NOBODY) {
      return second;
    }
    return () -> {
      first.run();
      second.run();
    };
  }

  private static final class Nothing implements Runnable {
    @Override
    public void run() {}
  }
}
