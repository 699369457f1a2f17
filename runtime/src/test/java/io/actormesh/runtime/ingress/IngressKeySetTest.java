package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngressKeySetTest {

  private static IngressFixture door(String jwks, String more) throws Exception {
    return new IngressFixture(
        IngressFixture.guarded(
            "auth.jwt { jwks = \""
                + jwks
                + "\", issuer = \""
                + TokenIssuer.NAME
                + "\""
                + ", audience = [shop-api], timeout = 2 s, "
                + more
                + " }"));
  }

  private static HttpResponse<String> greet(IngressFixture door, String token) throws Exception {
    return door.send(
        door.post("/shop/greet", "{\"name\":\"Ann\"}").header("Authorization", "Bearer " + token));
  }

  private static String signed(RSAKey key, String id) throws Exception {
    return TokenIssuer.token(TokenIssuer.claims(), JWSAlgorithm.RS256, id, new RSASSASigner(key));
  }

  @Test
  void anUnknownKeyIsFetchedOnceForAllWhoBringIt() throws Exception {
    try (TokenIssuer issuer = new TokenIssuer();
        IngressFixture door = door(issuer.url(), "cooldown = 1 ms, refresh = 1 d")) {
      RSAKey next = new RSAKeyGenerator(2048).keyID("rsa-2").generate();
      String token = signed(next, "rsa-2");
      assertThat(greet(door, token).statusCode()).isEqualTo(401);
      issuer.publish(issuer.rsa, next);
      assertThat(greet(door, token).statusCode()).isEqualTo(200);
      int asked = issuer.asked.get();
      assertThat(greet(door, token).statusCode()).isEqualTo(200);
      // known: nobody is asked
      assertThat(issuer.asked).hasValue(asked);
      // a key that was taken back is refused with the next fetch
      issuer.publish(issuer.rsa);
      assertThat(greet(door, signed(next, "rsa-3")).statusCode()).isEqualTo(401);
      assertThat(greet(door, token).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void strangersCannotMakeTheDoorAskOftenerThanItsCooldown() throws Exception {
    try (TokenIssuer issuer = new TokenIssuer();
        IngressFixture door = door(issuer.url(), "cooldown = 1 h")) {
      String good = issuer.token(TokenIssuer.claims());
      for (int i = 0; i < 20; i++) {
        assertThat(greet(door, signed(issuer.rsa, "made-up-" + i)).statusCode()).isEqualTo(401);
      }
      assertThat(issuer.asked).hasValue(1);
      assertThat(greet(door, good).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theLastGoodKeysOutliveAnOutageAndGarbage() throws Exception {
    try (TokenIssuer issuer = new TokenIssuer();
        IngressFixture door = door(issuer.url(), "cooldown = 100 ms, refresh = 100 ms")) {
      String token = issuer.token(TokenIssuer.claims());
      for (String garbage :
          List.of("", "<html>", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\"}]}")) {
        issuer.answers(200, garbage);
        int asked = issuer.asked.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> issuer.asked.get() > asked + 1);
        assertThat(greet(door, token).statusCode()).isEqualTo(200);
      }
      issuer.answers(500, "down");
      int asked = issuer.asked.get();
      await().atMost(Duration.ofSeconds(20)).until(() -> issuer.asked.get() > asked + 1);
      assertThat(greet(door, token).statusCode()).isEqualTo(200);
      assertThat(door.ingress.warnings())
          .singleElement()
          .asString()
          .contains(issuer.url(), "the last good one stays in use");
      issuer.publish(new RSAKeyGenerator(2048).keyID("rsa-2").generate());
      await().atMost(Duration.ofSeconds(20)).until(() -> greet(door, token).statusCode() == 401);
    }
  }

  @Test
  void aDoorWithoutKeysOpensSaysSoAndRecovers() throws Exception {
    try (TokenIssuer issuer = new TokenIssuer()) {
      issuer.answers(503, "starting");
      try (IngressFixture door = door(issuer.url(), "cooldown = 100 ms")) {
        String token = issuer.token(TokenIssuer.claims());
        HttpResponse<String> early = greet(door, token);
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).contains("MESH-KEYS-UNAVAILABLE");
        assertThat(early.headers().firstValue("Retry-After")).contains("1");
        assertThat(door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}")).statusCode())
            .isEqualTo(200);
        assertThat(door.ingress.warnings()).singleElement().asString().contains("503");
        issuer.publish(issuer.rsa);
        await().atMost(Duration.ofSeconds(20)).until(() -> greet(door, token).statusCode() == 200);
        assertThat(door.ingress.warnings()).isEmpty();
      }
    }
  }

  @Test
  void whoWaitsForKeysHoldsUpNobodyElse() throws Exception {
    try (TokenIssuer issuer = new TokenIssuer();
        IngressFixture door = door(issuer.url(), "cooldown = 1 ms, refresh = 1 d")) {
      String good = issuer.token(TokenIssuer.claims());
      issuer.falls(true);
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        waiting.add(
            door.client.sendAsync(
                door.post("/shop/greet", "{\"name\":\"Ann\"}")
                    .header("Authorization", "Bearer " + signed(issuer.rsa, "new-" + i))
                    .build(),
                HttpResponse.BodyHandlers.ofString()));
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> door.ingress.inFlight() == 30);
      assertThat(greet(door, good).statusCode()).isEqualTo(200);
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
      assertThat(issuer.asked).hasValue(2);
      for (CompletableFuture<HttpResponse<String>> one : waiting) {
        assertThat(one.get(20, java.util.concurrent.TimeUnit.SECONDS).statusCode()).isEqualTo(401);
      }
    }
  }

  @Test
  void keysMayStandInAFileThatChanges(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys.json");
    try (TokenIssuer issuer = new TokenIssuer()) {
      Files.writeString(file, new JWKSet(issuer.rsa).toString(true));
      try (IngressFixture door = door(file.toString(), "cooldown = 100 ms, refresh = 100 ms")) {
        assertThat(greet(door, issuer.token(TokenIssuer.claims())).statusCode()).isEqualTo(200);
        Files.writeString(file, new JWKSet(issuer.ec).toString(true));
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> greet(door, issuer.ecToken(TokenIssuer.claims())).statusCode() == 200);
      }
    }
  }
}
