package io.actormesh.runtime.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.actormesh.runtime.openapi.DocsPage;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the front door says about itself, over HTTP. */
class ApiPagesTest {

  private static IngressFixture door;

  @BeforeAll
  static void open() throws Exception {
    door = new IngressFixture(IngressFixture.settings());
  }

  @AfterAll
  static void close() {
    door.close();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return door.send(door.request("GET", path));
  }

  @Test
  void theDocumentOfARealDoorIsValidAndHasEveryRoute() throws Exception {
    HttpResponse<String> answer = get("/openapi.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(
            new OpenAPIV3Parser()
                .readContents(answer.body(), List.of(), new ParseOptions())
                .getMessages())
        .isEmpty();
    JsonNode paths = new ObjectMapper().readTree(answer.body()).path("paths");
    List<String> described = new ArrayList<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(
                                RouteMethod.valueOf(method.toUpperCase(java.util.Locale.ROOT))
                                    + " "
                                    + path.getKey().replaceAll("\\{[^}]*}", "{}"))));
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            new RouteTable(List.of(Shop.EXPOSED))
                .all().stream().map(r -> r.method() + " " + r.template().shape()).toList());
  }

  @Test
  void aClientThatHasTheDocumentIsToldSo() throws Exception {
    String tag = get("/openapi.json").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        door.send(door.request("GET", "/openapi.json").header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).hasValue(tag);
    assertThat(door.send(door.request("GET", "/openapi.json").header("If-None-Match", "\"x\"")))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);
  }

  @Test
  void headHasNoBody() throws Exception {
    HttpResponse<String> answer = door.send(door.request("HEAD", "/openapi.json"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void thePageAndItsFilesMayLoadNothingFromElsewhere() throws Exception {
    for (String path : DocsPage.PATHS) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(new String(DocsPage.content(path), UTF_8));
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'")
          .doesNotContain("unsafe", "http");
      assertThat(answer.body()).as(path).doesNotContain("http://", "https://");
    }
    assertThat(get("/docs").headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/html");
    assertThat(get("/docs/main.js").headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/javascript");
  }

  @Test
  void thePageTurnsNoTextIntoMarkupOrCode() {
    for (String path : DocsPage.PATHS) {
      assertThat(new String(DocsPage.content(path), UTF_8))
          .as(path)
          .doesNotContain(
              "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "srcdoc")
          .doesNotContain("DOMParser", "createContextualFragment", "eval(", "new Function");
    }
  }

  @Test
  void whatIsOffIsNotFound() throws Exception {
    IngressSettings s = IngressFixture.settings();
    ApiSettings off = new ApiSettings(false, false, "shop", "1", "/");
    IngressSettings silent =
        new IngressSettings(
            s.host(),
            s.port(),
            s.maxInFlight(),
            s.maxBody(),
            s.headTimeout(),
            s.bodyTimeout(),
            s.maxDeadline(),
            s.acceptPriority(),
            s.http2(),
            s.maxConnections(),
            s.minReadRate(),
            s.requestTimeout(),
            s.idleTimeout(),
            s.quietPeriod(),
            s.patience(),
            s.stream(),
            s.security(),
            off,
            Optional.empty());
    try (IngressFixture other = new IngressFixture(silent)) {
      assertThat(other.send(other.request("GET", "/openapi.json")).statusCode()).isEqualTo(404);
      assertThat(other.send(other.request("GET", "/docs")).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whoAsksForCredentialsSaysHow() throws Exception {
    String keys = "auth { required = on, api-keys.keys.ann.sha256 = \"" + "0".repeat(64) + "\" }";
    try (IngressFixture other = new IngressFixture(IngressFixture.guarded(keys))) {
      JsonNode document =
          new ObjectMapper().readTree(other.send(other.request("GET", "/openapi.json")).body());
      assertThat(document.path("security").toString()).isEqualTo("[{\"apiKey\":[]}]");
      assertThat(document.at("/components/securitySchemes/apiKey/name").asText())
          .isEqualTo("X-API-Key");
      assertThat(document.at("/paths/~1shop~1greet/post/responses").has("401")).isTrue();
    }
  }
}
