package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.config.DoorSecurity;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IngressCorsTest {

  private static IngressFixture door;

  @BeforeAll
  static void open() throws Exception {
    door =
        new IngressFixture(
            IngressFixture.guarded(
                """
                auth.required = on
                auth.api-keys.keys.ci.sha256 = "%s"
                cors { origins = ["https://shop.test", "https://*.example.org"], credentials = on }
                max-header-bytes = 1 KiB
                max-headers = 20
                max-uri = 1 KiB
                max-response = 1 KiB
                """
                    .formatted("0".repeat(64))));
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @Test
  void aPreflightOfAnAllowedOriginIsAnsweredAtTheDoor() throws Exception {
    HttpResponse<String> response = options("https://a.b.example.org");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(header(response, "Access-Control-Allow-Origin"))
        .isEqualTo("https://a.b.example.org");
    assertThat(header(response, "Access-Control-Allow-Methods")).contains("PUT");
    assertThat(header(response, "Access-Control-Allow-Headers")).contains("Authorization");
    assertThat(header(response, "Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(header(response, "Access-Control-Max-Age")).isEqualTo("600");
    assertThat(header(response, "Vary")).startsWith("Origin");
  }

  @Test
  void anotherOriginIsToldNothing() throws Exception {
    for (HttpResponse<String> response :
        List.of(options("https://evil.test"), greet("https://example.org"))) {
      assertThat(header(response, "Access-Control-Allow-Origin")).isEmpty();
      assertThat(header(response, "Vary")).startsWith("Origin");
    }
  }

  @Test
  void aRefusalIsReadableForAnAllowedOrigin() throws Exception {
    HttpResponse<String> response = greet("https://shop.test");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("https://shop.test");
    assertThat(header(response, "Access-Control-Expose-Headers")).contains("X-Request-Id");
  }

  @Test
  void aStarStandsForLabelsAlone() {
    Cors cors = new Cors(settings("https://*.example.org", "http://localhost:3000"));
    assertThat(List.of("https://a.example.org", "https://A.b.Example.org", "http://localhost:3000"))
        .allMatch(cors::allows);
    assertThat(
            List.of(
                "https://example.org",
                "https://.example.org",
                "http://a.example.org",
                "https://a.example.org:8443",
                "https://a.example.org.evil.test",
                "https://evil.test/.example.org",
                "https://evil.test#.example.org",
                "https://u@x.example.org",
                "http://localhost:3001",
                "null"))
        .noneMatch(cors::allows);
    assertThat(new Cors(settings("*")).allows("null")).isTrue();
  }

  @Test
  void tooManyOrTooLongHeadersAre431() throws Exception {
    String many = "X-A: 1\r\n".repeat(30);
    String sum = ("X-A: " + "x".repeat(200) + "\r\n").repeat(6);
    String one = "X-A: " + "x".repeat(3000) + "\r\n";
    for (String headers : List.of(many, sum, one)) {
      try (RawHttp raw = new RawHttp(door.ingress.port())) {
        raw.send("GET /orders HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
        assertThat(raw.response()).startsWith("HTTP/1.1 431").contains("MESH-HEADERS-TOO-LARGE");
      }
    }
  }

  @Test
  void aLongTargetIs414() throws Exception {
    try (RawHttp raw = new RawHttp(door.ingress.port())) {
      raw.send("GET /orders?customer=" + "x".repeat(2000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(raw.response()).startsWith("HTTP/1.1 414").contains("MESH-URI-TOO-LONG");
    }
  }

  private static DoorSecurity.Cors settings(String... origins) {
    return new DoorSecurity.Cors(
        List.of(origins), List.of(), List.of(), List.of(), false, Duration.ZERO);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static HttpResponse<String> options(String origin) throws Exception {
    return door.send(
        door.request("OPTIONS", "/shop/greet")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST"));
  }

  private static HttpResponse<String> greet(String origin) throws Exception {
    return door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}").header("Origin", origin));
  }
}
