package io.actormesh.membership.publication;

import io.actormesh.membership.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * The latest version of an immutable value. Reading it is one volatile read; one thread at a time
 * publishes, any thread reads and subscribes.
 */
public final class Published<T> {

  private final ToLongFunction<T> version;
  private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();
  private volatile T current;

  /**
   * @param first what readers see until something is published
   * @param version of a value; versions that are published must rise
   */
  public Published(T first, ToLongFunction<T> version) {
    this.current = first;
    this.version = version;
  }

  /** The latest value. */
  public T get() {
    return current;
  }

  /** Makes this the latest value, then calls all listeners with it, on this thread. */
  public void publish(T next) {
    current = next;
    listeners.forEach(listener -> listener.offer(next, version.applyAsLong(next)));
  }

  /** Calls the listener with the current value, on this thread, and with each newer one. */
  public Subscription subscribe(Consumer<T> consumer) {
    Listener<T> listener = new Listener<>(consumer);
    // Added before the current value is read: what is published in between is then not missed.
    listeners.add(listener);
    T now = current;
    listener.offer(now, version.applyAsLong(now));
    return () -> {
      listener.close();
      listeners.remove(listener);
    };
  }
}
