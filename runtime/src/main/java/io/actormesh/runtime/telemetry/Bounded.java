package io.actormesh.runtime.telemetry;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Objects of counters by key, made on first use, never more than a limit, and forgotten some time
 * after what they are about has vanished. Lookups take no lock.
 */
final class Bounded<K, V> {

  private final Map<K, V> values = new ConcurrentHashMap<>();
  private final Map<K, Long> vanishedAt = new ConcurrentHashMap<>();
  private final int limit;
  private final Function<K, V> make;

  Bounded(int limit, Function<K, V> make) {
    this.limit = limit;
    this.make = make;
  }

  /** The object of a key, or null if there are as many as there may be. */
  @Nullable V of(K key) {
    V known = values.get(key);
    return known != null || values.size() >= limit ? known : made(key);
  }

  Collection<V> all() {
    return List.copyOf(values.values());
  }

  int size() {
    return values.size();
  }

  /**
   * Forgets the objects whose subject has been gone for the retention, and answers which these
   * were.
   *
   * @param present whether the subject still exists, or its object is still being counted with
   */
  @CanIgnoreReturnValue
  synchronized List<V> sweep(long nowNanos, Duration retention, BiPredicate<K, V> present) {
    List<V> forgotten = new ArrayList<>();
    for (Iterator<Map.Entry<K, V>> entries = values.entrySet().iterator(); entries.hasNext(); ) {
      Map.Entry<K, V> entry = entries.next();
      if (present.test(entry.getKey(), entry.getValue())) {
        vanishedAt.remove(entry.getKey());
      } else if (nowNanos - since(entry.getKey(), nowNanos) >= retention.toNanos()) {
        entries.remove();
        vanishedAt.remove(entry.getKey());
        forgotten.add(entry.getValue());
      }
    }
    return forgotten;
  }

  private long since(K key, long nowNanos) {
    Long earlier = vanishedAt.putIfAbsent(key, nowNanos);
    return earlier == null ? nowNanos : earlier;
  }

  private synchronized @Nullable V made(K key) {
    return values.size() >= limit ? values.get(key) : values.computeIfAbsent(key, make);
  }
}
