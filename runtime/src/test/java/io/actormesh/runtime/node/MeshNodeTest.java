package io.actormesh.runtime.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actormesh.runtime.config.ConfigurationException;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.failure.DeadlineExceeded;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.NoRoute;
import io.actormesh.runtime.failure.Phase;
import io.actormesh.runtime.node.Greeter.Greet;
import io.actormesh.runtime.node.Greeter.Greeting;
import io.actormesh.runtime.node.Greeter.Note;
import io.actormesh.runtime.node.Greeter.Ponder;
import io.actormesh.runtime.policy.OperationPolicy;
import io.actormesh.runtime.policy.ServicePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MeshNodeTest {

  private static final Map<String, String> FREE_PORTS =
      Map.of("MESH_PORT", "0", "MESH_HTTP_PORT", "0", "MESH_ADMIN_PORT", "0");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static MeshNode node;

  @BeforeAll
  static void start() {
    node =
        MeshNode.builder()
            .environment(FREE_PORTS)
            .host(Greeter.CONTRACT, Greeter::create)
            .expose(Greeter.CONTRACT, http -> http.post("/greet", Greet.class))
            .start();
  }

  @AfterAll
  static void drain() throws Exception {
    node.drain().toCompletableFuture().get(30, SECONDS);
  }

  @Test
  void aNodeWithNothingSetIsAWholeMesh() throws Exception {
    Greeting greeting =
        node.client(Greeter.CONTRACT).<Greeting>ask(r -> new Greet("Ann", r)).get(10, SECONDS);
    assertThat(greeting.text()).isEqualTo("Hello, Ann!");
    assertThat(node.ready()).isTrue();
    assertThat(node.services().lookup("greeter")).hasSize(1);
  }

  @Test
  void aOneWayMessageIsAccepted() throws Exception {
    Done accepted = node.client(Greeter.CONTRACT).tell(new Note("hi")).get(10, SECONDS);
    assertThat(accepted).isNotNull();
  }

  @Test
  void theFrontDoorServesConventionAndRoute() throws Exception {
    assertThat(post("/greeter/greet", "{\"name\":\"Bob\"}").body())
        .isEqualTo("{\"text\":\"Hello, Bob!\"}");
    assertThat(post("/greet", "{\"name\":\"Cid\"}").body()).isEqualTo("{\"text\":\"Hello, Cid!\"}");
    assertThat(post("/greeter/note", "{\"text\":\"x\"}").statusCode()).isEqualTo(202);
    assertThat(post("/greeter/greet", "{\"nmae\":\"Bob\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void healthMetricsAndTheAdminApiAnswer() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body()).contains("mesh_");
    assertThat(get("/mesh/v1/nodes").body()).contains(node.name());
    assertThat(get("/mesh/v1/services/greeter").body()).contains(node.name() + "/0");
    assertThat(get("/mesh/v1/graph").statusCode()).isEqualTo(200);
    assertThat(get("/mesh/v1/policies/greeter").body()).contains("cbor");
  }

  @Test
  void aServiceThatNobodyHostsIsNoRoute() {
    var lonely = ServiceContract.of("lonely", Greeter.Command.class);
    assertThatThrownBy(
            () -> node.client(lonely).<Greeting>ask(r -> new Greet("Ann", r)).get(10, SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            NoRoute.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(FailureCode.NO_ROUTE);
              assertThat(failure.getMessage()).contains("No node of the mesh hosts the service.");
            });
  }

  @Test
  void aPolicyThatIsPublishedWhileServingCountsForTheNextCall() throws Exception {
    ServicePolicy before = node.policies().of("greeter").current();
    OperationPolicy impatient =
        new OperationPolicy(Duration.ofMillis(50), before.defaults().priority(), false, 1);
    node.policies()
        .publish(
            "greeter",
            new ServicePolicy(
                "greeter",
                before.codec(),
                before.execution(),
                before.instances(),
                before.maxPayload(),
                before.balance(),
                before.throttle(),
                before.restart(),
                impatient,
                Map.of()));
    try {
      assertThatThrownBy(
              () -> node.client(Greeter.CONTRACT).<Greeting>ask(Ponder::new).get(10, SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              DeadlineExceeded.class, late -> assertThat(late.phase()).isEqualTo(Phase.RUNNING));
    } finally {
      node.policies().publish("greeter", before);
    }
    aNodeWithNothingSetIsAWholeMesh();
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    Map<String, String> taken =
        Map.of(
            "MESH_PORT", "0",
            "MESH_HTTP_PORT", "",
            "MESH_ADMIN_PORT", Integer.toString(node.adminPort()));
    assertThatThrownBy(() -> MeshNode.builder().environment(taken).start())
        .isInstanceOf(StartException.class)
        .hasMessageContaining(node.adminPort() + " (MESH_ADMIN_PORT)");
  }

  @Test
  void wrongSettingsStopTheStartAllAtOnce() {
    assertThatThrownBy(
            () ->
                MeshNode.builder()
                    .environment(Map.of("MESH_PORT", "seven", "MESH_NOED", "a"))
                    .start())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("MESH_PORT")
        .hasMessageContaining("MESH_NODE");
  }

  private static HttpResponse<String> post(String path, String json) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + node.httpPort().getAsInt() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + node.adminPort() + path);
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
