package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngressApiKeysTest {

  private static String hash(String key) throws Exception {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static HttpResponse<String> greet(IngressFixture door, String... headers)
      throws Exception {
    return door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}").headers(headers));
  }

  @Test
  void aKeyOpensAndNamesItsHolder() throws Exception {
    try (IngressFixture door =
        new IngressFixture(
            IngressFixture.guarded(
                "auth.required = on, auth.api-keys { header = X-Key, keys { billing { sha256 = "
                    + hash("s3cret")
                    + ", roles = [reports] } } }, access.rules = [ { deny = [\"role:reports\"],"
                    + " routes = [\"PATCH /notes\"] } ]"))) {
      assertThat(greet(door, "X-Key", "s3cret").statusCode()).isEqualTo(200);
      assertThat(door.gateway.options.get(0).identity()).isEqualTo("billing");
      HttpResponse<String> wrong = greet(door, "x-key", "s3cre");
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(wrong.body()).contains("MESH-BAD-CREDENTIALS").doesNotContain("s3cre");
      assertThat(wrong.headers().allValues("WWW-Authenticate"))
          .containsExactly("ApiKey realm=\"actormesh\", header=\"X-Key\"");
      assertThat(greet(door, "X-Key", "s3cret", "X-Key", "s3cret").statusCode()).isEqualTo(401);
      assertThat(greet(door, "X-API-Key", "s3cret").statusCode()).isEqualTo(401);
      // Authorization means nothing where no tokens are taken
      assertThat(greet(door, "X-Key", "s3cret", "Authorization", "Bearer x").statusCode())
          .isEqualTo(200);
      assertThat(
              door.send(
                      door.request("PATCH", "/notes")
                          .method(
                              "PATCH",
                              java.net.http.HttpRequest.BodyPublishers.ofString("{\"text\":\"x\"}"))
                          .headers("X-Key", "s3cret", "Content-Type", "application/json"))
                  .statusCode())
          .isEqualTo(403);
      assertThat(door.observer.rejected)
          .containsExactly("unknown-key", "ambiguous", "missing", "forbidden");
    }
  }

  @Test
  void keysInAFileComeAndGoWithoutARestart(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), "# none yet\n");
    try (IngressFixture door =
        new IngressFixture(
            IngressFixture.guarded("auth.api-keys { file = \"" + file + "\", reload = 100 ms }"))) {
      assertThat(greet(door, "X-API-Key", "k1").statusCode()).isEqualTo(401);
      Files.writeString(file, "ci " + hash("k1") + "\n\nops " + hash("k2") + " admin,reports\n");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> greet(door, "X-API-Key", "k1").statusCode() == 200);
      assertThat(greet(door, "X-API-Key", "k2").statusCode()).isEqualTo(200);
      // a file that cannot be read changes nothing
      Files.writeString(file, "nonsense\n");
      Files.writeString(file, "still nonsense, and longer\n");
      assertThat(greet(door, "X-API-Key", "k1").statusCode()).isEqualTo(200);
      Files.writeString(file, "ops " + hash("k2") + "\n");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> greet(door, "X-API-Key", "k1").statusCode() == 401);
      assertThat(greet(door, "X-API-Key", "k2").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTokenCannotPassForTheHolderOfAKey() throws Exception {
    try (TokenIssuer issuer = new TokenIssuer();
        IngressFixture door =
            new IngressFixture(
                IngressFixture.guarded(
                    "auth.api-keys.keys.billing.sha256 = "
                        + hash("k")
                        + ", auth.jwt { jwks = \""
                        + issuer.url()
                        + "\", issuer = \""
                        + TokenIssuer.NAME
                        + "\", audience = shop-api }"))) {
      String mine = "Bearer " + issuer.token(TokenIssuer.claims());
      String forged = "Bearer " + issuer.token(TokenIssuer.claims().subject("billing"));
      assertThat(greet(door, "Authorization", mine).statusCode()).isEqualTo(200);
      assertThat(greet(door, "X-API-Key", "k").statusCode()).isEqualTo(200);
      assertThat(greet(door, "Authorization", forged).statusCode()).isEqualTo(401);
      assertThat(greet(door, "Authorization", mine, "X-API-Key", "k").statusCode()).isEqualTo(401);
      assertThat(door.observer.rejected).containsExactly("identity", "ambiguous");
    }
  }
}
