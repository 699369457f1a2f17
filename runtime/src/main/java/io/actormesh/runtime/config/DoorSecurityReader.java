package io.actormesh.runtime.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads who may come in, {@code actormesh.ingress.auth} and its neighbours. */
final class DoorSecurityReader {

  private static final TextRule HEADER =
      TextRule.of("the name of a header", "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
  private static final TextRule SHA_256 =
      TextRule.of("a SHA-256 in 64 hexadecimal digits", "[0-9a-fA-F]{64}");
  private static final TextRule ROLE = TextRule.of("a role", "[^\\p{Cntrl}\\s,]{1,128}");
  private static final TextRule METHOD = TextRule.of("an HTTP method", "[A-Z]{1,16}");
  private static final TextRule CALLER =
      TextRule.of(
          "anyone, anonymous, authenticated, identity:<name>, role:<role> or scope:<scope>",
          "anyone|anonymous|authenticated|(identity|role|scope):[^\\p{Cntrl}]{1,256}");
  private static final TextRule ROUTE =
      TextRule.of(
          "a pattern such as GET /orders/*, /orders/* or orders/place", "[^\\p{Cntrl}]{1,256}");
  private static final TextRule ORIGIN =
      TextRule.of(
          "an origin such as https://shop.example.org, https://*.example.org, or *",
          "\\*|https?://(\\*\\.)?[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:]+](:[0-9]{1,5})?");
  private static final TextRule NETWORK =
      new TextRule(
          "an address or a network such as 10.0.0.0/8 or fd00::/8",
          text -> Network.parse(text).isPresent());
  private static final Set<String> ALGORITHMS = Set.of("RS256", "ES256");

  private final StrictConfig ingress;
  private final Map<String, String> environment;
  private final boolean prod;

  private DoorSecurityReader(StrictConfig ingress, Map<String, String> environment, boolean prod) {
    this.ingress = ingress;
    this.environment = environment;
    this.prod = prod;
  }

  static DoorSecurity read(StrictConfig ingress, Map<String, String> environment, boolean prod) {
    return new DoorSecurityReader(ingress, environment, prod).security();
  }

  private DoorSecurity security() {
    return new DoorSecurity(
        auth(ingress.section("auth")),
        access(ingress.section("access")),
        cors(ingress.section("cors")),
        ingress.texts("trusted-proxies", NETWORK),
        new DoorSecurity.Limits(
            (int) ingress.bytes("max-header-bytes", 1024, 1 << 20),
            ingress.integer("max-headers", 8, 10_000),
            (int) ingress.bytes("max-uri", 256, 1 << 20),
            (int) ingress.bytes("max-response", 1024, 1 << 30),
            ingress.integer("max-control-frames", 100, 1_000_000)));
  }

  private DoorSecurity.Auth auth(StrictConfig auth) {
    String required =
        auth.choice(
            "required",
            Map.of("auto", "auto", "on", "on", "off", "off", "true", "on", "false", "off"));
    DoorSecurity.ApiKeys keys = apiKeys(auth.section("api-keys"));
    Optional<DoorSecurity.Jwt> jwt = jwt(auth.section("jwt"));
    boolean configured = keys.configured() || jwt.isPresent();
    if (required.equals("on") && !configured) {
      auth.refuse(
          "required",
          "nobody could call: no way to authenticate is configured",
          "Set auth.api-keys or auth.jwt");
    }
    boolean must = required.equals("on") || (required.equals("auto") && prod && configured);
    return new DoorSecurity.Auth(must, keys, jwt);
  }

  private DoorSecurity.ApiKeys apiKeys(StrictConfig apiKeys) {
    Map<String, DoorSecurity.ApiKey> keys = new TreeMap<>();
    StrictConfig named = apiKeys.section("keys");
    for (String identity : named.names()) {
      if (!TextRule.LINE.accepts(identity) || !identity.strip().equals(identity)) {
        named.refuse(identity, "the name is not " + TextRule.LINE.expected(), "");
      }
      StrictConfig one = named.section(identity);
      String hash = hash(one);
      Set<String> roles = one.has("roles") ? new TreeSet<>(one.texts("roles", ROLE)) : Set.of();
      keys.put(identity, new DoorSecurity.ApiKey(hash, roles));
    }
    return new DoorSecurity.ApiKeys(
        apiKeys.text("header", HEADER),
        keys,
        apiKeys.optionalText("file", TextRule.PATH).map(Path::of),
        apiKeys.duration("reload", Duration.ofMillis(100), Duration.ofHours(1)));
  }

  private String hash(StrictConfig key) {
    boolean hashed = key.has("sha256");
    if (hashed == key.has("environment")) {
      key.declare("sha256");
      key.declare("environment");
      key.refuse(
          "sha256", "exactly one of sha256 and environment must be set", "See secure-the-door.md");
      return "";
    }
    if (hashed) {
      return key.text("sha256", SHA_256).toLowerCase(Locale.ROOT);
    }
    String variable = key.text("environment", TextRule.NAME_OF_VARIABLE);
    String value = environment.get(variable);
    if (value == null || value.isEmpty()) {
      key.refuse("environment", "the environment has no " + variable, "Set it to the key");
      return "";
    }
    return sha256(value);
  }

  private static String sha256(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static Optional<DoorSecurity.Jwt> jwt(StrictConfig jwt) {
    Optional<URI> keys =
        jwt.optionalText("jwks", TextRule.PATH).flatMap(text -> location(jwt, text));
    DoorSecurity.Jwt read =
        new DoorSecurity.Jwt(
            keys.orElse(URI.create("file:///none")),
            jwt.optionalText("issuer", TextRule.LINE).orElse(""),
            Set.copyOf(jwt.texts("audience", TextRule.LINE)),
            Set.copyOf(
                jwt.texts("algorithms", new TextRule("RS256 or ES256", ALGORITHMS::contains))),
            jwt.text("identity-claim", TextRule.LINE),
            jwt.text("roles-claim", TextRule.LINE),
            jwt.duration("clock-skew", Duration.ZERO, Duration.ofMinutes(10)),
            (int) jwt.bytes("max-token", 256, 1 << 20),
            jwt.duration("refresh", Duration.ofMillis(100), Duration.ofDays(1)),
            jwt.duration("cooldown", Duration.ofMillis(1), Duration.ofHours(1)),
            jwt.duration("timeout", Duration.ofMillis(10), Duration.ofMinutes(1)));
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    complete(jwt, read);
    return Optional.of(read);
  }

  private static void complete(StrictConfig jwt, DoorSecurity.Jwt read) {
    if (read.issuer().isEmpty()) {
      jwt.refuse("issuer", "is not set", "Set it to the iss of the tokens to be taken");
    }
    if (read.audiences().isEmpty()) {
      jwt.refuse(
          "audience",
          "is not set, so tokens meant for others would be taken",
          "Set it to the aud of the tokens meant for this mesh");
    }
    if (read.algorithms().isEmpty()) {
      jwt.refuse("algorithms", "none is allowed", "Allow RS256, ES256 or both");
    }
  }

  private static Optional<URI> location(StrictConfig jwt, String text) {
    if (!text.contains("://")) {
      return Optional.of(Path.of(text).toAbsolutePath().toUri());
    }
    try {
      URI uri = URI.create(text);
      boolean plain = "http".equals(uri.getScheme()) && Hosts.isLoopback(uri.getHost());
      if (uri.getHost() != null && ("https".equals(uri.getScheme()) || plain)) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException noUri) {
      // Told below, as everything else that is no location.
    }
    jwt.refuse(
        "jwks",
        "is neither a path nor an https URL",
        "http is taken from loopback alone, for who changes the keys on the way comes in");
    return Optional.empty();
  }

  private static DoorSecurity.Access access(StrictConfig access) {
    boolean allowed = access.choice("default", Map.of("allow", true, "deny", false));
    return new DoorSecurity.Access(
        allowed, access.sections("rules").stream().map(DoorSecurityReader::rule).toList());
  }

  private static DoorSecurity.Rule rule(StrictConfig rule) {
    boolean allow = rule.has("allow");
    if (allow == rule.has("deny")) {
      rule.declare("allow");
      rule.declare("deny");
      rule.refuse("allow", "a rule has either allow or deny", "Write one of them");
    }
    List<String> callers = rule.texts(allow ? "allow" : "deny", CALLER);
    return new DoorSecurity.Rule(rule.path("routes"), allow, callers, rule.texts("routes", ROUTE));
  }

  private static DoorSecurity.Cors cors(StrictConfig cors) {
    DoorSecurity.Cors read =
        new DoorSecurity.Cors(
            cors.texts("origins", ORIGIN),
            cors.texts("methods", METHOD),
            cors.texts("headers", HEADER),
            cors.texts("exposed-headers", HEADER),
            cors.flag("credentials"),
            cors.duration("max-age", Duration.ZERO, Duration.ofDays(1)));
    if (read.credentials() && read.origins().contains("*")) {
      cors.refuse(
          "origins",
          "any page of the world could act in the name of its visitors: * with credentials",
          "Name the origins, or turn credentials off");
    }
    return read;
  }
}
