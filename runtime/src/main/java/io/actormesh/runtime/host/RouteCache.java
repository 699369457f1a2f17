package io.actormesh.runtime.host;

import io.actormesh.runtime.link.OperationKey;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the keys seen lately, by the key's identity: links hand in the same object for
 * every call of a connection, so a hit costs one comparison. Of fixed size, because peers choose
 * the keys; two that share a place take turns in it and are resolved again. Thread-safe.
 */
final class RouteCache {

  private static final int SIZE = 512;

  private record Entry(OperationKey key, Route route) {}

  private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(SIZE);
  private final Function<OperationKey, Route> resolve;

  RouteCache(Function<OperationKey, Route> resolve) {
    this.resolve = resolve;
  }

  @SuppressWarnings("ReferenceEquality") // identity is the point: equal keys would compare texts
  Route of(OperationKey key) {
    int place = System.identityHashCode(key) & (SIZE - 1);
    Entry entry = entries.getAcquire(place);
    if (entry != null && entry.key() == key) {
      return entry.route();
    }
    Route route = resolve.apply(key);
    entries.setRelease(place, new Entry(key, route));
    return route;
  }
}
