package io.actormesh.runtime.external;

import io.actormesh.runtime.call.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a service, looked up when they are needed and again when they are old. Old ones
 * are used until the source answers: a call waits for a look-up only if there has been none.
 */
final class Places {

  private static final Duration AVOIDED = Duration.ofSeconds(2);

  private final Supplier<CompletionStage<List<String>>> source;
  private final Duration interval;
  private final Ticker ticker;
  private final RandomGenerator random;
  private volatile @Nullable Found found;
  private @Nullable CompletableFuture<List<Place>> lookup;

  private record Found(List<Place> places, long atNanos) {}

  /**
   * @param source {@code host:port} of each place
   */
  Places(
      Supplier<CompletionStage<List<String>>> source,
      Duration interval,
      Ticker ticker,
      RandomGenerator random) {
    this.source = source;
    this.interval = interval;
    this.ticker = ticker;
    this.random = random;
  }

  /** The places as they are known; fails if nothing is, and the source does not answer. */
  CompletionStage<List<Place>> current() {
    Found known = found;
    if (known == null) {
      return lookUp();
    }
    if (ticker.nowNanos() - known.atNanos() > interval.toNanos()) {
      var unused = lookUp();
    }
    return CompletableFuture.completedFuture(known.places());
  }

  /** The less busy of two that have not been tried and have not just failed, if there are any. */
  Optional<Place> pick(List<Place> places, Collection<Place> tried) {
    List<Place> left = new ArrayList<>(places);
    left.removeAll(tried);
    long now = ticker.nowNanos();
    List<Place> sound = left.stream().filter(place -> !place.avoided(now)).toList();
    List<Place> candidates = sound.isEmpty() ? left : sound;
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Place one = candidates.get(random.nextInt(candidates.size()));
    Place other = candidates.get(random.nextInt(candidates.size()));
    return Optional.of(one.inFlight() <= other.inFlight() ? one : other);
  }

  void avoid(Place place) {
    place.avoidUntil(ticker.nowNanos() + AVOIDED.toNanos());
  }

  private synchronized CompletionStage<List<Place>> lookUp() {
    CompletableFuture<List<Place>> running = lookup;
    if (running == null || running.isDone()) {
      running = asked().thenApply(this::keep).toCompletableFuture();
      lookup = running;
    }
    return running;
  }

  private CompletionStage<List<String>> asked() {
    try {
      return source.get();
    } catch (RuntimeException failed) {
      return CompletableFuture.failedFuture(failed);
    }
  }

  /** What is known of a place outlives the look-up. */
  private List<Place> keep(List<String> authorities) {
    Map<String, Place> known = new HashMap<>();
    Found before = found;
    if (before != null) {
      before.places().forEach(place -> known.put(place.authority(), place));
    }
    List<Place> places =
        authorities.stream()
            .distinct()
            .map(each -> Objects.requireNonNull(known.computeIfAbsent(each, Place::new)))
            .toList();
    found = new Found(places, ticker.nowNanos());
    return places;
  }
}
