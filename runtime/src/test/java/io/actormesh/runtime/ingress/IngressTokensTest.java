package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IngressTokensTest {

  private static TokenIssuer issuer;
  private static IngressFixture door;

  @BeforeAll
  static void open() throws Exception {
    issuer = new TokenIssuer();
    door =
        new IngressFixture(
            IngressFixture.guarded(
                """
                auth.required = on
                auth.jwt { jwks = "%s", issuer = "%s", audience = [shop-api], cooldown = 1 h
                           max-token = 4 KiB }
                access.rules = [
                  { allow = ["scope:orders:write"], routes = ["PUT /orders/*"] }
                  { deny = [anyone], routes = ["PUT *"] }
                  { allow = ["role:admin", "identity:root"], routes = ["DELETE /orders/{id}"] }
                  { deny = [anyone], routes = ["DELETE *"] }
                  { allow = [anonymous], routes = ["shop/find-orders"] }
                ]
                """
                    .formatted(issuer.url(), TokenIssuer.NAME)));
  }

  @AfterAll
  static void close() {
    door.close();
    issuer.close();
  }

  @BeforeEach
  void forget() {
    door.gateway.options.clear();
    door.observer.rejected.clear();
  }

  private static HttpResponse<String> greet(String authorization) throws Exception {
    return door.send(
        door.post("/shop/greet", "{\"name\":\"Ann\"}").header("Authorization", authorization));
  }

  private static void refused(String token, String code, String reason) throws Exception {
    HttpResponse<String> response = greet("Bearer " + token);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("\"code\":\"" + code + "\"").doesNotContain(token);
    assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
        .startsWith("Bearer realm=\"actormesh\", error=\"invalid_token\"");
    assertThat(door.observer.rejected).containsExactly(reason);
    assertThat(door.gateway.options).isEmpty();
  }

  private static void bad(String token, String reason) throws Exception {
    refused(token, "MESH-BAD-CREDENTIALS", reason);
  }

  @Test
  void aTokenOfTheIssuerOpensAndNamesTheCaller() throws Exception {
    assertThat(greet("Bearer " + issuer.token(TokenIssuer.claims())).statusCode()).isEqualTo(200);
    assertThat(greet("bearer  " + issuer.ecToken(TokenIssuer.claims().subject("bob"))).statusCode())
        .isEqualTo(200);
    assertThat(door.gateway.options).extracting(o -> o.identity()).containsExactly("ann", "bob");
    assertThat(door.gateway.options.get(0).caller()).isEqualTo("ingress@node-1");
  }

  @Test
  void noTokenIsToldWhereToGetIn() throws Exception {
    HttpResponse<String> response = door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}"));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("MESH-UNAUTHENTICATED");
    assertThat(response.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"actormesh\"");
    assertThat(door.observer.rejected).containsExactly("missing");
  }

  @Test
  void aTokenOutOfItsTimeIsRefused() throws Exception {
    Instant now = Instant.now();
    refused(
        issuer.token(TokenIssuer.claims().expirationTime(Date.from(now.minusSeconds(60)))),
        "MESH-EXPIRED-CREDENTIALS",
        "expired");
    forget();
    bad(
        issuer.token(TokenIssuer.claims().notBeforeTime(Date.from(now.plusSeconds(120)))),
        "not-yet-valid");
    forget();
    bad(issuer.token(TokenIssuer.claims().expirationTime(null)), "no-expiry");
  }

  @Test
  void clocksMayDifferALittle() throws Exception {
    Instant now = Instant.now();
    String late = issuer.token(TokenIssuer.claims().expirationTime(Date.from(now.minusSeconds(5))));
    String early = issuer.token(TokenIssuer.claims().notBeforeTime(Date.from(now.plusSeconds(5))));
    assertThat(greet("Bearer " + late).statusCode()).isEqualTo(200);
    assertThat(greet("Bearer " + early).statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenForOrBySomebodyElseIsRefused() throws Exception {
    bad(issuer.token(TokenIssuer.claims().issuer("https://evil.test")), "issuer");
    forget();
    bad(issuer.token(TokenIssuer.claims().audience("other")), "audience");
    forget();
    bad(issuer.token(TokenIssuer.claims().audience(List.of())), "audience");
  }

  @Test
  void anUnsignedTokenIsRefused() throws Exception {
    bad(new PlainJWT(TokenIssuer.claims().build()).serialize(), "algorithm");
  }

  @Test
  void aTokenSignedWithThePublicKeyAsASecretIsRefused() throws Exception {
    byte[] secret = issuer.rsa.toRSAPublicKey().getEncoded();
    bad(
        TokenIssuer.token(TokenIssuer.claims(), JWSAlgorithm.HS256, "rsa-1", new MACSigner(secret)),
        "algorithm");
    forget();
    bad(
        TokenIssuer.token(
            TokenIssuer.claims(), JWSAlgorithm.RS512, "rsa-1", new RSASSASigner(issuer.rsa)),
        "algorithm");
  }

  @Test
  void aTokenOfAnotherKeyIsRefusedWhateverItCallsIt() throws Exception {
    RSAKey other = new RSAKeyGenerator(2048).generate();
    bad(
        TokenIssuer.token(
            TokenIssuer.claims(), JWSAlgorithm.RS256, "rsa-1", new RSASSASigner(other)),
        "signature");
    forget();
    bad(
        TokenIssuer.token(
            TokenIssuer.claims(), JWSAlgorithm.RS256, "rsa-9", new RSASSASigner(other)),
        "unknown-signer");
    forget();
    // the key of the other kind by its name
    bad(
        TokenIssuer.token(
            TokenIssuer.claims(), JWSAlgorithm.RS256, "ec-1", new RSASSASigner(issuer.rsa)),
        "unknown-signer");
    forget();
    bad(
        TokenIssuer.token(TokenIssuer.claims(), JWSAlgorithm.RS256, null, new RSASSASigner(other)),
        "signature");
    assertThat(
            greet(
                    "Bearer "
                        + TokenIssuer.token(
                            TokenIssuer.claims(),
                            JWSAlgorithm.RS256,
                            null,
                            new RSASSASigner(issuer.rsa)))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aDamagedTokenIsRefused() throws Exception {
    String token = issuer.token(TokenIssuer.claims());
    bad(token.substring(0, token.lastIndexOf('.')), "malformed");
    forget();
    bad(token.substring(0, token.length() - 10), "signature");
    forget();
    bad("e30.e30", "malformed");
    forget();
    bad("no-token", "malformed");
    forget();
    String[] parts = token.split("\\.", -1);
    bad(parts[0] + ".e30." + parts[2], "signature");
    forget();
    bad(issuer.token(TokenIssuer.claims().claim("pad", "x".repeat(4096))), "too-long");
  }

  @Test
  void aTokenThatNamesNobodyIsRefused() throws Exception {
    bad(issuer.token(TokenIssuer.claims().subject(null)), "identity");
    forget();
    bad(issuer.token(TokenIssuer.claims().subject("x".repeat(300))), "identity");
    forget();
    bad(issuer.token(TokenIssuer.claims().subject("ann\nroot")), "identity");
  }

  @Test
  void otherSchemesAndSeveralTokensAreRefused() throws Exception {
    assertThat(greet("Basic YW5uOnNlY3JldA==").statusCode()).isEqualTo(401);
    String token = issuer.token(TokenIssuer.claims());
    HttpResponse<String> twice =
        door.send(
            door.post("/shop/greet", "{\"name\":\"Ann\"}")
                .header("Authorization", "Bearer " + token)
                .header("Authorization", "Bearer " + token));
    assertThat(twice.statusCode()).isEqualTo(401);
    assertThat(door.observer.rejected).containsExactly("malformed", "ambiguous");
  }

  @Test
  void rulesDecideByScopeRoleAndIdentity() throws Exception {
    String writer = "Bearer " + issuer.token(TokenIssuer.claims());
    String reader = "Bearer " + issuer.token(TokenIssuer.claims().claim("scope", "orders:read"));
    assertThat(put(writer).statusCode()).isEqualTo(200);
    HttpResponse<String> denied = put(reader);
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.body()).contains("MESH-FORBIDDEN").contains("\"service\":\"shop\"");
    assertThat(denied.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(delete(writer)).isEqualTo(403);
    assertThat(delete("Bearer " + issuer.token(TokenIssuer.claims().claim("roles", "admin x"))))
        .isEqualTo(200);
    assertThat(delete("Bearer " + issuer.token(TokenIssuer.claims().subject("root"))))
        .isEqualTo(200);
  }

  @Test
  void aRuleMayLetAnybodyInWhereCredentialsAreRequiredButWrongOnesStayOut() throws Exception {
    assertThat(door.send(door.request("GET", "/orders?customer=ann")).statusCode()).isEqualTo(200);
    assertThat(door.gateway.options.get(0).identity()).isNull();
    assertThat(
            door.send(
                    door.request("GET", "/orders?customer=ann").header("Authorization", "Bearer x"))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void theBodyIsNotAskedForWithoutCredentials() throws Exception {
    try (RawHttp raw = new RawHttp(door.ingress.port())) {
      raw.send(
          RawHttp.head(
              "POST /shop/greet HTTP/1.1",
              "Host: localhost",
              "Content-Type: application/json",
              "Content-Length: 14",
              "Expect: 100-continue"));
      assertThat(raw.head()).startsWith("HTTP/1.1 401");
    }
  }

  private static HttpResponse<String> put(String authorization) throws Exception {
    door.gateway.replies(new Shop.Order(1, List.of()));
    try {
      return door.send(
          door.request("PUT", "/orders/ann")
              .method("PUT", java.net.http.HttpRequest.BodyPublishers.ofString("{\"lines\":[]}"))
              .header("Content-Type", "application/json")
              .header("Authorization", authorization));
    } finally {
      door.gateway.replies(new Shop.Greeting("Hello, Ann!"));
    }
  }

  private static int delete(String authorization) throws Exception {
    door.gateway.replies(org.apache.pekko.Done.getInstance());
    try {
      HttpResponse<String> response =
          door.send(door.request("DELETE", "/orders/7").header("Authorization", authorization));
      return response.statusCode() == 204 ? 200 : response.statusCode();
    } finally {
      door.gateway.replies(new Shop.Greeting("Hello, Ann!"));
    }
  }
}
