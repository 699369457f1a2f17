package io.actormesh.runtime.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may come in through the front door, and how much they may bring.
 *
 * @param auth how callers show who they are
 * @param access what they may call
 * @param cors which pages of other origins may call
 * @param trustedProxies networks, as {@code 10.0.0.0/8}, whose word on the client's address counts
 * @param limits of requests and responses
 */
public record DoorSecurity(
    Auth auth, Access access, Cors cors, List<String> trustedProxies, Limits limits) {

  /** Anybody may call, nothing is checked. */
  public static final DoorSecurity OFF =
      new DoorSecurity(
          new Auth(
              false,
              new ApiKeys("X-API-Key", Map.of(), Optional.empty(), Duration.ofSeconds(5)),
              Optional.empty()),
          new Access(true, List.of()),
          new Cors(List.of(), List.of(), List.of(), List.of(), false, Duration.ZERO),
          List.of(),
          new Limits(64 * 1024, 64, 8 * 1024, 64 << 20, 1000));

  public DoorSecurity {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** Whether callers or routes are checked at all. */
  public boolean guarded() {
    return auth.configured() || auth.required() || !access.allowed() || !access.rules().isEmpty();
  }

  /**
   * How callers show who they are.
   *
   * @param required whether a caller must, unless an access rule says otherwise
   * @param apiKeys keys that callers send as they are
   * @param jwt tokens that somebody else has signed; empty = none are taken
   */
  public record Auth(boolean required, ApiKeys apiKeys, Optional<Jwt> jwt) {

    /** Whether there is any way for callers to show who they are. */
    public boolean configured() {
      return apiKeys.configured() || jwt.isPresent();
    }
  }

  /**
   * API keys.
   *
   * @param header the header that carries a key
   * @param keys who has which key, by identity
   * @param file more of them, one a line
   * @param reload how often the file is looked at
   */
  public record ApiKeys(
      String header, Map<String, ApiKey> keys, Optional<Path> file, Duration reload) {

    public ApiKeys {
      keys = Map.copyOf(keys);
    }

    /** Whether there are any. */
    public boolean configured() {
      return !keys.isEmpty() || file.isPresent();
    }
  }

  /**
   * One API key.
   *
   * @param sha256 of the key's UTF-8 bytes, in 64 lower-case hexadecimal digits
   * @param roles of its holder
   */
  public record ApiKey(String sha256, Set<String> roles) {

    public ApiKey {
      roles = Set.copyOf(roles);
    }
  }

  /**
   * Signed tokens.
   *
   * @param keys where the key set of who signs them is: a {@code file:} or {@code https:} URI
   * @param issuer the only one who is believed
   * @param audiences one of which a token must be meant for
   * @param algorithms of signatures that are taken
   * @param identityClaim the claim that names the caller
   * @param rolesClaim the claim that lists the caller's roles; may be a path, {@code a.b}
   * @param clockSkew by which the clocks of issuer and node may differ
   * @param maxToken the longest token, in characters
   * @param refresh how often the key set is fetched anew
   * @param cooldown between fetches because of keys that it does not hold
   * @param timeout of one fetch
   */
  public record Jwt(
      URI keys,
      String issuer,
      Set<String> audiences,
      Set<String> algorithms,
      String identityClaim,
      String rolesClaim,
      Duration clockSkew,
      int maxToken,
      Duration refresh,
      Duration cooldown,
      Duration timeout) {

    public Jwt {
      audiences = Set.copyOf(audiences);
      algorithms = Set.copyOf(algorithms);
    }
  }

  /**
   * What callers may call.
   *
   * @param allowed whether what no rule decides is allowed
   * @param rules in order; the first that fits decides
   */
  public record Access(boolean allowed, List<Rule> rules) {

    public Access {
      rules = List.copyOf(rules);
    }
  }

  /**
   * One access rule.
   *
   * @param path where it stands in the configuration
   * @param allow whether it allows or denies
   * @param callers whom it concerns, such as {@code role:admin}
   * @param routes what it concerns, such as {@code GET /orders/*} or {@code orders/*}
   */
  public record Rule(String path, boolean allow, List<String> callers, List<String> routes) {

    public Rule {
      callers = List.copyOf(callers);
      routes = List.copyOf(routes);
    }
  }

  /**
   * Cross-origin resource sharing.
   *
   * @param origins that may call; none = it is off
   * @param methods that they may use
   * @param headers that they may send
   * @param exposedHeaders that they may read
   * @param credentials whether browsers may send cookies and the like
   * @param maxAge how long browsers may remember a preflight's answer
   */
  public record Cors(
      List<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposedHeaders,
      boolean credentials,
      Duration maxAge) {

    public Cors {
      origins = List.copyOf(origins);
      methods = List.copyOf(methods);
      headers = List.copyOf(headers);
      exposedHeaders = List.copyOf(exposedHeaders);
    }
  }

  /**
   * How much a request's head, a response's body and a connection may have.
   *
   * @param headerBytes names and values of all headers together; also the longest single value
   * @param headers how many
   * @param uri the longest target of a request, in bytes
   * @param response the largest body of a response, in bytes
   * @param controlFrames frames without content that an HTTP/2 connection may bring at once
   */
  public record Limits(int headerBytes, int headers, int uri, int response, int controlFrames) {}
}
