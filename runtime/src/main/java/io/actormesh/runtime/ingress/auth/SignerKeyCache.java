package io.actormesh.runtime.ingress.auth;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.config.DoorSecurity.Jwt;
import java.text.ParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys as they were had last. Keys once had stay in use while new ones cannot be had.
 * One fetch runs at a time; who needs newer keys waits for it, and too soon after the last one
 * nobody starts another.
 */
final class SignerKeyCache {

  private static final Logger LOG = LoggerFactory.getLogger(SignerKeyCache.class);

  private final Jwt settings;
  private final SignerKeySource source;
  private final Ticker ticker;
  private final AtomicReference<@Nullable CompletableFuture<Boolean>> running =
      new AtomicReference<>();
  private volatile @Nullable SignerKeys keys;
  private volatile long fetchedNanos;
  private volatile boolean everFetched;
  private volatile boolean failing;
  private volatile String trouble = "";

  SignerKeyCache(Jwt settings, SignerKeySource source, Ticker ticker) {
    this.settings = settings;
    this.source = source;
    this.ticker = ticker;
  }

  /** The keys had last, or null if they have never been had. */
  @Nullable SignerKeys keys() {
    return keys;
  }

  /** Why the keys may be old, or are missing. */
  Optional<String> warning() {
    String effect =
        keys == null ? "tokens are answered with 503" : "the last good one stays in use";
    return failing
        ? Optional.of(
            "The key set at " + settings.keys() + " cannot be had, so " + effect + ": " + trouble)
        : Optional.empty();
  }

  /** Fetches the keys if it is time to: regularly, or sooner as long as there are none. */
  void refresh() {
    long age = ticker.nowNanos() - fetchedNanos;
    boolean missing = keys == null || failing;
    long due = (missing ? settings.cooldown() : settings.refresh()).toNanos();
    if (!everFetched || age >= due) {
      var unused = fetch();
    }
  }

  /**
   * Newer keys than those that somebody has just looked at in vain.
   *
   * @return completes, with any value, when a fetch has ended; null if it is too soon for one
   */
  @Nullable CompletionStage<Boolean> newer() {
    CompletableFuture<Boolean> present = running.get();
    if (present != null) {
      return present;
    }
    boolean tooSoon =
        everFetched && ticker.nowNanos() - fetchedNanos < settings.cooldown().toNanos();
    return tooSoon ? null : fetch();
  }

  /** Fetches now, unless a fetch is under way; completes with whether it went well. */
  CompletionStage<Boolean> fetch() {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> present = running.compareAndExchange(null, mine);
    if (present != null) {
      return present;
    }
    begin()
        .handle(this::take)
        .whenComplete(
            (taken, impossible) -> {
              // Cleared first: who is told must not find the fetch that has ended.
              running.set(null);
              mine.complete(taken != null && taken);
            });
    return mine;
  }

  private CompletionStage<byte[]> begin() {
    fetchedNanos = ticker.nowNanos();
    everFetched = true;
    try {
      return source.fetch();
    } catch (RuntimeException failed) {
      return CompletableFuture.failedFuture(failed);
    }
  }

  private boolean take(byte @Nullable [] json, @Nullable Throwable failure) {
    fetchedNanos = ticker.nowNanos();
    try {
      if (json == null) {
        throw new CompletionException(failure);
      }
      SignerKeys read = SignerKeys.parse(json, settings.algorithms());
      keys = read;
      if (failing) {
        LOG.info("The key set at {} is back, with {} keys", settings.keys(), read.size());
      }
      failing = false;
      return true;
    } catch (ParseException | RuntimeException unusable) {
      Throwable cause = unusable.getCause() == null ? unusable : unusable.getCause();
      trouble = cause.toString();
      failing = true;
      LOG.warn(
          "The key set at {} cannot be had, {}: {}",
          settings.keys(),
          keys == null ? "so tokens are answered with 503" : "the last good one stays in use",
          cause.toString());
      return false;
    }
  }
}
