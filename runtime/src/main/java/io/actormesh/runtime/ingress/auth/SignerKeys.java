package io.actormesh.runtime.ingress.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The public keys of an issuer, ready to verify. Immutable, thread-safe. */
final class SignerKeys {

  private static final int LEAST_RSA_BITS = 2048;

  /** More than any issuer has; each token without a key id may be tried with all of them. */
  private static final int MOST_KEYS = 100;

  private record Signer(@Nullable String id, JWSAlgorithm algorithm, JWSVerifier verifier) {}

  private final List<Signer> signers;

  private SignerKeys(List<Signer> signers) {
    this.signers = signers;
  }

  /**
   * Reads a JSON Web Key Set, and keeps the keys that can verify one of the algorithms.
   *
   * @throws ParseException if it is none, or none of its keys is of use
   */
  static SignerKeys parse(byte[] json, Set<String> algorithms) throws ParseException {
    JWKSet set = JWKSet.parse(new String(json, StandardCharsets.UTF_8));
    List<Signer> signers = new ArrayList<>();
    for (JWK key : set.getKeys()) {
      Signer signer = signer(key);
      if (signer != null && algorithms.contains(signer.algorithm().getName())) {
        signers.add(signer);
      }
    }
    if (signers.isEmpty() || signers.size() > MOST_KEYS) {
      throw new ParseException(
          signers.size() + " keys are of use for " + algorithms + " (expected: 1 to 100)", 0);
    }
    return new SignerKeys(List.copyOf(signers));
  }

  int size() {
    return signers.size();
  }

  /** Whether there is a key for such a token. */
  boolean knows(JWSHeader header) {
    return signers.stream().anyMatch(signer -> fits(signer, header));
  }

  /** Whether one of the keys that the token can be signed with has signed it. */
  boolean verifies(com.nimbusds.jwt.SignedJWT token) {
    for (Signer signer : signers) {
      if (fits(signer, token.getHeader()) && verifies(signer, token)) {
        return true;
      }
    }
    return false;
  }

  private static boolean verifies(Signer signer, com.nimbusds.jwt.SignedJWT token) {
    try {
      return signer
          .verifier()
          .verify(token.getHeader(), token.getSigningInput(), token.getSignature());
    } catch (JOSEException unusable) {
      return false;
    }
  }

  private static boolean fits(Signer signer, JWSHeader header) {
    return signer.algorithm().equals(header.getAlgorithm())
        && (header.getKeyID() == null || header.getKeyID().equals(signer.id()));
  }

  private static @Nullable Signer signer(JWK key) {
    if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
      return null;
    }
    try {
      if (key instanceof RSAKey rsa
          && rsa.size() >= LEAST_RSA_BITS
          && may(key, JWSAlgorithm.RS256)) {
        return new Signer(
            key.getKeyID(), JWSAlgorithm.RS256, new RSASSAVerifier(rsa.toRSAPublicKey()));
      }
      if (key instanceof ECKey ec
          && Curve.P_256.equals(ec.getCurve())
          && may(key, JWSAlgorithm.ES256)) {
        return new Signer(
            key.getKeyID(), JWSAlgorithm.ES256, new ECDSAVerifier(ec.toECPublicKey()));
      }
    } catch (JOSEException unusable) {
      return null;
    }
    return null;
  }

  private static boolean may(JWK key, JWSAlgorithm algorithm) {
    return key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm.getName());
  }
}
