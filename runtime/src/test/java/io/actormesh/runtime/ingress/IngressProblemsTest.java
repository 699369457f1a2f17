package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.failure.Attempt;
import io.actormesh.runtime.failure.DeadlineExceeded;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.FailureDetail;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Phase;
import io.actormesh.runtime.failure.Started;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IngressProblemsTest {

  private static IngressFixture door;

  @BeforeAll
  static void open() throws Exception {
    door = new IngressFixture(IngressFixture.settings());
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void forget() {
    door.gateway.messages.clear();
    door.observer.ended.clear();
  }

  @Test
  void aFailedCallIsExplainedInFull() throws Exception {
    door.gateway.fails(
        MeshFailure.of(
            new FailureDetail(
                FailureCode.QUEUE_FULL,
                "shop",
                "greet",
                "Both endpoints refused.",
                List.of(
                    new Attempt("a/0", Duration.ofMillis(3), FailureCode.QUEUE_FULL, Started.NO),
                    new Attempt("b/1", Duration.ofMillis(4), FailureCode.DRAINING, Started.NO)),
                Started.NO,
                Duration.ofMillis(1500))));

    HttpResponse<String> response = door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}"));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(response.headers().firstValue("retry-after")).contains("2");
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"urn:actormesh:error:MESH-QUEUE-FULL\",\"title\":\"The queues of the"
                + " endpoints tried are full.\",\"status\":503,\"detail\":\"Both endpoints"
                + " refused.\",\"code\":\"MESH-QUEUE-FULL\",\"service\":\"shop\","
                + "\"operation\":\"greet\",\"started\":\"no\",\"attempts\":["
                + "{\"endpoint\":\"a/0\",\"elapsedMs\":3,\"code\":\"MESH-QUEUE-FULL\",\"started\":\"no\"},"
                + "{\"endpoint\":\"b/1\",\"elapsedMs\":4,\"code\":\"MESH-DRAINING\",\"started\":\"no\"}],\"fix\":\"Retry"
                + " after the hint; add instances, or raise throttle.queue if waiting longer is"
                + " acceptable.\",\"requestId\":\"r1\"}");
  }

  @Test
  void aDeadlineTellsHowFarTheCallHadCome() throws Exception {
    door.gateway.fails(
        new DeadlineExceeded(
            FailureDetail.of(FailureCode.DEADLINE, "shop", "greet", "No answer in 20 ms."),
            Phase.RUNNING));

    HttpResponse<String> response = door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}"));

    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(response.headers().firstValue("retry-after")).isEmpty();
    assertThat(response.body())
        .isEqualTo(
            problem(
                504,
                "MESH-DEADLINE",
                "The call was not answered before its deadline.",
                "No answer in 20 ms.",
                "\"service\":\"shop\",\"operation\":\"greet\",",
                "\"started\":\"maybe\",\"phase\":\"running\",",
                "The phase says where the time went: see the failure's message."));
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyFailureHasItsStatus(FailureCode code) throws Exception {
    door.gateway.fails(MeshFailure.of(FailureDetail.of(code, "shop", "greet", "So it is.")));

    HttpResponse<String> response = door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}"));

    assertThat(response.statusCode()).isEqualTo(code.httpStatus());
    assertThat(response.body()).contains("\"code\":\"" + code.code() + "\"");
    assertThat(response.headers().firstValue("retry-after").isPresent())
        .isEqualTo(code.httpStatus() == 503);
  }

  @Test
  void anUnknownErrorKeepsItsStackTraceToItself() throws Exception {
    door.gateway.fails(new IllegalArgumentException("secret"));

    HttpResponse<String> response = door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}"));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo(
            problem(
                500,
                "MESH-INTERNAL",
                "The mesh itself failed.",
                "The front door failed; its log has the cause under request id r1.",
                "\"service\":\"shop\",\"operation\":\"greet\",",
                "\"started\":\"maybe\",",
                "Report it with the log lines around the request id."));
  }

  @Test
  void aGatewayThatThrowsGivesItsPermitBack() throws Exception {
    door.gateway.answers(
        message -> {
          throw new IllegalStateException("broken");
        });

    HttpResponse<String> response = door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}"));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(door.ingress.inFlight()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":1}",
        "{\"name\":\"Ann\",\"nane\":\"x\"}",
        "{}",
        "{\"name\":null}",
        "{\"name\":",
        "[]",
        "``",
        "{\"name\":\"Ann\"} x",
      })
  void aBodyThatIsNoMessageIsAnswered400WithThePath(String body) throws Exception {
    HttpResponse<String> response = door.send(door.post("/shop/greet", body));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"code\":\"MESH-BAD-REQUEST\",\"service\":\"shop\",\"operation\":\"greet\"")
        .containsPattern("\"detail\":\"\\$(\\.nan?[em]e?)?: [^\"]+\\.\"")
        .containsPattern("\"path\":\"\\$(\\.(name|nane))?\"");
    assertThat(door.gateway.messages).isEmpty();
  }

  @Test
  void aWrongTypeInANestedFieldIsNamedByItsJsonPath() throws Exception {
    HttpResponse<String> response =
        door.send(
            door.post("/x", "")
                .uri(door.uri("/orders/ann"))
                .PUT(
                    BodyPublishers.ofString(
                        "{\"lines\":[{\"item\":\"a\",\"quantity\":1},"
                            + "{\"item\":\"b\",\"quantity\":\"2\"}]}")));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"path\":\"$.lines[1].quantity\"");
  }

  @Test
  void aFieldMayNotComeFromBodyAndPath() throws Exception {
    HttpResponse<String> response =
        door.send(
            door.post("/x", "")
                .uri(door.uri("/orders/ann"))
                .PUT(BodyPublishers.ofString("{\"customer\":\"bob\",\"lines\":[]}")));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"detail\":\"$.customer: given both in the body and as a parameter.\"");
  }

  @Test
  void aParameterOfTheWrongTypeIsNamedLikeAField() throws Exception {
    HttpResponse<String> response = door.send(door.request("GET", "/orders/seven"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"path\":\"$.id\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/orders?customer=a&custommer=b | Query parameter 'custommer' is not known; GET /orders"
            + " takes customer, tags.",
        "/orders?customer=%FF | The query is not UTF-8. Percent-encode the UTF-8 bytes of each"
            + " character.",
        "/orders?customer=a%00 | The query has a control character. Remove it.",
        "/orders/7?x=1 | Query parameter 'x' is not known; GET /orders/{id} takes none.",
      })
  void aPathOrQueryThatIsNotCleanIsRefused(String path, String detail) throws Exception {
    HttpResponse<String> response = door.send(door.request("GET", path));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.body()).contains("\"detail\":\"" + detail + "\"");
  }

  @ParameterizedTest
  @CsvSource({"/orders/%2e%2e", "/orders/..", "/orders/.", "/orders/%2E", "/orders/7/../../x"})
  void dotSegmentsNeverReachAService(String path) throws Exception {
    door.gateway.replies(new Shop.Greeting("x"));

    HttpResponse<String> response = door.send(door.request("DELETE", path));

    assertThat(response.statusCode()).isBetween(400, 405);
    assertThat(door.gateway.messages).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0s", "31s", "2", "-1s", "1h", "2s 3s", "99999999999s"})
  void aDeadlineThatIsNoneIsRefused(String header) throws Exception {
    HttpResponse<String> response =
        door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}").header("Mesh-Deadline", header));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Mesh-Deadline '" + header + "' is ");
    assertThat(door.gateway.messages).isEmpty();
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    HttpResponse<String> response = door.send(door.post("/nowhere/greet", "{}"));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            problem(
                404,
                "MESH-NOT-FOUND",
                "No route matches the path.",
                "No route matches POST /nowhere/greet.",
                "",
                "\"started\":\"no\",",
                "Check the path: POST /{service}/{operation}, or a route that the node exposes."));
    assertThat(door.observer.ended).containsExactly("(no route) 404");
  }

  @ParameterizedTest
  @CsvSource({"/", "/shop/greet/", "//shop/greet", "/shop//greet", "/orders/", "/SHOP/greet"})
  void aPathMatchesAsAWholeOrNotAtAll(String path) throws Exception {
    HttpResponse<String> response = door.send(door.request("GET", path));

    assertThat(response.statusCode()).isIn(404, 405);
  }

  @Test
  void anUnknownOperationNamesTheKnownOnes() throws Exception {
    HttpResponse<String> response = door.send(door.post("/shop/geet", "{}"));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .contains("\"code\":\"MESH-UNKNOWN-OPERATION\",\"service\":\"shop\",\"operation\":\"geet\"")
        .contains("\"detail\":\"The operations are greet, note, ");
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() throws Exception {
    HttpResponse<String> response = door.send(door.request("GET", "/shop/greet"));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("POST, OPTIONS");
    assertThat(response.body())
        .contains("\"detail\":\"GET /shop/greet: the path takes POST, OPTIONS.\"");
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded",
    "text/plain",
    "application/jsonp",
  })
  void aBodyThatIsNotJsonIsRefused(String type) throws Exception {
    HttpResponse<String> response =
        door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}").setHeader("Content-Type", type));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(415);
    assertThat(response.body()).contains("\"code\":\"MESH-MEDIA-TYPE\"");
    assertThat(door.gateway.messages).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "application/vnd.shop+json"
  })
  void jsonByAnyOfItsNamesIsRead(String type) throws Exception {
    door.gateway.replies(new Shop.Greeting("x"));

    HttpResponse<String> response =
        door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}").setHeader("Content-Type", type));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void anEncodedBodyIsRefused() throws Exception {
    HttpResponse<String> response =
        door.send(door.post("/shop/greet", "zipped").header("Content-Encoding", "gzip"));

    assertThat(response.statusCode()).isEqualTo(415);
  }

  @Test
  void aBodyWhereNoneIsReadIsRefused() throws Exception {
    HttpResponse<String> response =
        door.send(
            door.post("/x", "")
                .uri(door.uri("/orders/7"))
                .method("DELETE", BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("DELETE /orders/{id} takes no body.");
  }

  @Test
  void aReplyThatCannotBeWrittenIsNamed() throws Exception {
    door.gateway.answers(message -> CompletableFuture.completedFuture("no greeting"));

    HttpResponse<String> response = door.send(door.post("/shop/greet", "{\"name\":\"Ann\"}"));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(door.ingress.inFlight()).isZero();
  }

  private static String problem(
      int status,
      String code,
      String title,
      String detail,
      String target,
      String more,
      String fix) {
    return "{\"type\":\"urn:actormesh:error:"
        + code
        + "\",\"title\":\""
        + title
        + "\",\"status\":"
        + status
        + ",\"detail\":\""
        + detail
        + "\",\"code\":\""
        + code
        + "\","
        + target
        + more
        + "\"fix\":\""
        + fix
        + "\",\"requestId\":\"r1\"}";
  }
}
