package io.actormesh.runtime.ingress.auth;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.config.DoorSecurity;
import io.actormesh.runtime.config.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Finds out who stands behind a request. Thread-safe; never blocks but in {@link #refresh}. */
public final class Authenticator {

  private static final String BEARER = "bearer ";

  private final String apiKeyHeader;
  private final @Nullable ApiKeys apiKeys;
  private final @Nullable JwtCheck tokens;
  private final @Nullable SignerKeyCache signers;
  private final List<String> challenges;
  private final Duration period;

  private Authenticator(
      DoorSecurity.Auth settings,
      @Nullable ApiKeys apiKeys,
      @Nullable JwtCheck tokens,
      @Nullable SignerKeyCache signers) {
    this.apiKeyHeader = settings.apiKeys().header();
    this.apiKeys = apiKeys;
    this.tokens = tokens;
    this.signers = signers;
    this.period = period(settings);
    List<String> told = new ArrayList<>();
    if (tokens != null) {
      told.add("Bearer realm=\"actormesh\"");
    }
    if (apiKeys != null) {
      told.add("ApiKey realm=\"actormesh\", header=\"" + apiKeyHeader + "\"");
    }
    this.challenges = List.copyOf(told);
  }

  /**
   * Reads keys and makes the ways to authenticate ready.
   *
   * @param blocking where files are read and HTTP is spoken
   * @throws UncheckedIOException if the file of API keys cannot be read
   */
  public static Authenticator open(
      DoorSecurity.Auth settings, InstantSource clock, Ticker ticker, Executor blocking) {
    try {
      ApiKeys keys = settings.apiKeys().configured() ? ApiKeys.open(settings.apiKeys()) : null;
      DoorSecurity.Jwt jwt = settings.jwt().orElse(null);
      if (jwt == null) {
        return new Authenticator(settings, keys, null, null);
      }
      SignerKeyCache signers = new SignerKeyCache(jwt, source(jwt, blocking), ticker);
      return new Authenticator(settings, keys, new JwtCheck(jwt, signers, clock), signers);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "actormesh.ingress.auth.api-keys.file cannot be read: " + unreadable.getMessage(),
          unreadable);
    }
  }

  /** What is wrong with the files that the settings name. */
  public static List<Finding> check(DoorSecurity.Auth settings) {
    List<Finding> findings = new ArrayList<>();
    try {
      var unused = ApiKeys.open(settings.apiKeys());
    } catch (IOException unreadable) {
      findings.add(
          Finding.error(
              "actormesh.ingress.auth.api-keys.file",
              "",
              "cannot be read: " + unreadable,
              "Each line is: identity, SHA-256, and optionally roles"));
    }
    settings
        .jwt()
        .map(DoorSecurity.Jwt::keys)
        .filter(uri -> "file".equals(uri.getScheme()) && !Files.isReadable(Path.of(uri)))
        .ifPresent(
            uri ->
                findings.add(
                    Finding.error(
                        "actormesh.ingress.auth.jwt.jwks",
                        "",
                        "the file " + Path.of(uri) + " is not there or not readable",
                        "Set it to the path or the URL of a JSON Web Key Set")));
    return findings;
  }

  private static SignerKeySource source(DoorSecurity.Jwt jwt, Executor blocking) {
    URI uri = jwt.keys();
    return "file".equals(uri.getScheme())
        ? new FileKeySource(Path.of(uri), blocking)
        : new HttpKeySource(uri, jwt.timeout(), blocking);
  }

  private static Duration period(DoorSecurity.Auth settings) {
    Duration keys = settings.apiKeys().reload();
    Duration tokens =
        settings
            .jwt()
            .map(
                jwt -> jwt.cooldown().compareTo(jwt.refresh()) < 0 ? jwt.cooldown() : jwt.refresh())
            .orElse(keys);
    return keys.compareTo(tokens) < 0 ? keys : tokens;
  }

  /** Fetches the issuer's keys for the first time; completes, never fails, when that has ended. */
  public CompletionStage<Boolean> warmUp() {
    return signers == null ? CompletableFuture.completedFuture(true) : signers.fetch();
  }

  /** How often {@link #refresh} is to be called. */
  public Duration period() {
    return period;
  }

  /** Reads again what may have changed. May block for a file; never fails. */
  public void refresh() {
    if (apiKeys != null) {
      apiKeys.refresh();
    }
    if (signers != null) {
      signers.refresh();
    }
  }

  /** Keys that could not be read again, a sentence each. */
  public List<String> warnings() {
    List<String> all = new ArrayList<>();
    if (apiKeys != null) {
      apiKeys.warning().ifPresent(all::add);
    }
    if (signers != null) {
      signers.warning().ifPresent(all::add);
    }
    return all;
  }

  /** The header that carries an API key, in lower case for comparison. */
  public String apiKeyHeader() {
    return apiKeyHeader;
  }

  /** The values of {@code WWW-Authenticate}: the ways that are open. */
  public List<String> challenges() {
    return challenges;
  }

  /** Who shows these credentials. Credentials of a way that is not open count as none. */
  public Verdict check(Presented shown) {
    String key = apiKeys == null ? null : shown.apiKey();
    String authorization = tokens == null ? null : shown.authorization();
    if (key == null && authorization == null) {
      return Verdict.ANONYMOUS;
    }
    if (shown.repeated() || (key != null && authorization != null)) {
      return Verdict.rejected(Rejection.AMBIGUOUS);
    }
    if (key != null) {
      return apiKey(key);
    }
    return token(authorization == null ? "" : authorization);
  }

  private Verdict apiKey(String key) {
    Caller caller = apiKeys == null ? null : apiKeys.table().find(key);
    return caller == null ? Verdict.rejected(Rejection.UNKNOWN_KEY) : new Verdict.Known(caller);
  }

  private Verdict token(String authorization) {
    int length = BEARER.length();
    if (tokens == null || !authorization.regionMatches(true, 0, BEARER, 0, length)) {
      return Verdict.rejected(Rejection.MALFORMED);
    }
    Verdict verdict = tokens.check(authorization.substring(length).strip());
    return verdict instanceof Verdict.Pending pending
        ? new Verdict.Pending(pending.later().thenApply(this::unlessNamedAfterKey))
        : unlessNamedAfterKey(verdict);
  }

  /** A subject that chose its own name must not pass for the holder of an API key. */
  private Verdict unlessNamedAfterKey(Verdict verdict) {
    boolean taken =
        verdict instanceof Verdict.Known known
            && apiKeys != null
            && apiKeys.table().names(known.caller().identity());
    return taken ? Verdict.rejected(Rejection.IDENTITY) : verdict;
  }
}
