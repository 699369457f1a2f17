package io.actormesh.runtime.ingress.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.actormesh.runtime.call.Identity;
import io.actormesh.runtime.config.DoorSecurity.Jwt;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Judges signed tokens (RFC 7519), as RFC 8725 advises: the algorithm is ours to choose, issuer,
 * audience and expiry are looked at always. The signature comes before the claims, so that nobody
 * learns anything from a token that the issuer has not made.
 */
final class JwtCheck {

  private final Jwt settings;
  private final SignerKeyCache keys;
  private final InstantSource clock;

  JwtCheck(Jwt settings, SignerKeyCache keys, InstantSource clock) {
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
  }

  Verdict check(String text) {
    if (text.length() > settings.maxToken()) {
      return Verdict.rejected(Rejection.TOO_LONG);
    }
    SignedJWT token;
    try {
      token = SignedJWT.parse(text);
    } catch (ParseException | RuntimeException | StackOverflowError unreadable) {
      return Verdict.rejected(unsigned(text) ? Rejection.ALGORITHM : Rejection.MALFORMED);
    }
    if (!settings.algorithms().contains(token.getHeader().getAlgorithm().getName())) {
      return Verdict.rejected(Rejection.ALGORITHM);
    }
    SignerKeys present = keys.keys();
    if (present != null && present.knows(token.getHeader())) {
      return signed(token, present);
    }
    CompletionStage<Boolean> newer = keys.newer();
    return newer == null
        ? unknown(present)
        : new Verdict.Pending(newer.thenApply(fetched -> again(token)));
  }

  private Verdict again(SignedJWT token) {
    SignerKeys present = keys.keys();
    return present != null && present.knows(token.getHeader())
        ? signed(token, present)
        : unknown(present);
  }

  private static Verdict unknown(@Nullable SignerKeys present) {
    return Verdict.rejected(
        present == null ? Rejection.KEYS_UNAVAILABLE : Rejection.UNKNOWN_SIGNER);
  }

  private Verdict signed(SignedJWT token, SignerKeys present) {
    if (!present.verifies(token)) {
      return Verdict.rejected(Rejection.SIGNATURE);
    }
    try {
      return claims(token.getJWTClaimsSet());
    } catch (ParseException | RuntimeException | StackOverflowError unreadable) {
      return Verdict.rejected(Rejection.MALFORMED);
    }
  }

  private Verdict claims(JWTClaimsSet claims) {
    Rejection why = fault(claims);
    if (why != null) {
      return Verdict.rejected(why);
    }
    Object identity = at(claims, settings.identityClaim());
    if (!(identity instanceof String name) || !Identity.isValid(name)) {
      return Verdict.rejected(Rejection.IDENTITY);
    }
    Set<String> scopes = texts(claims.getClaim("scope"));
    scopes.addAll(texts(claims.getClaim("scp")));
    return new Verdict.Known(new Caller(name, texts(at(claims, settings.rolesClaim())), scopes));
  }

  private @Nullable Rejection fault(JWTClaimsSet claims) {
    if (!settings.issuer().equals(claims.getIssuer())) {
      return Rejection.ISSUER;
    }
    if (claims.getAudience().stream().noneMatch(settings.audiences()::contains)) {
      return Rejection.AUDIENCE;
    }
    Date expiry = claims.getExpirationTime();
    if (expiry == null) {
      return Rejection.NO_EXPIRY;
    }
    Instant now = clock.instant();
    if (!now.minus(settings.clockSkew()).isBefore(expiry.toInstant())) {
      return Rejection.EXPIRED;
    }
    Date begin = claims.getNotBeforeTime();
    boolean early = begin != null && now.plus(settings.clockSkew()).isBefore(begin.toInstant());
    return early ? Rejection.NOT_YET_VALID : null;
  }

  /** A claim by its name, or by the path to it. */
  private static @Nullable Object at(JWTClaimsSet claims, String path) {
    Object whole = claims.getClaim(path);
    if (whole != null || path.indexOf('.') < 0) {
      return whole;
    }
    Object found = claims.getClaims();
    for (String name : path.split("\\.", -1)) {
      found = found instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return found;
  }

  /** A list of texts, or one text with spaces. */
  private static Set<String> texts(@Nullable Object claim) {
    Set<String> texts = new TreeSet<>();
    if (claim instanceof String text) {
      texts.addAll(Arrays.asList(text.strip().split("\\s+", -1)));
    } else if (claim instanceof Collection<?> list) {
      list.forEach(one -> texts.add(String.valueOf(one)));
    }
    texts.remove("");
    return texts;
  }

  private static boolean unsigned(String text) {
    try {
      return com.nimbusds.jwt.PlainJWT.parse(text).getHeader() != null;
    } catch (ParseException | RuntimeException | StackOverflowError noToken) {
      return false;
    }
  }
}
