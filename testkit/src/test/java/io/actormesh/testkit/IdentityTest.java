package io.actormesh.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.call.CallContext;
import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.node.MeshNodeBuilder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The identity that the front door has found is known to every service on the call's way. */
@MeshTest(
    nodes = 2,
    config = "actormesh.ingress.auth.api-keys.keys.ann.sha256 = " + IdentityTest.HASH_OF_KEY)
class IdentityTest {

  /** Of the text {@code key}. */
  static final String HASH_OF_KEY =
      "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683";

  sealed interface Ask {}

  record Who(ActorRef<Names> replyTo) implements Ask {}

  record Names(String names) {}

  private static final ServiceContract<Ask> NEAR = ServiceContract.of("near", Ask.class);
  private static final ServiceContract<Ask> FAR = ServiceContract.of("far", Ask.class);
  private static volatile @org.jspecify.annotations.Nullable ServiceClient<Ask> far;

  @EachNode
  static void node(MeshNodeBuilder node, int place) {
    if (place == 0) {
      node.expose(NEAR);
      node.host(FAR, () -> Behaviors.receiveMessage(ask -> answer((Who) ask, "")));
    } else {
      node.host(NEAR, () -> Behaviors.receiveMessage(ask -> relay((Who) ask)));
    }
  }

  @BeforeAll
  static void wire(MeshCluster mesh) {
    far = mesh.node(1).client(FAR);
  }

  private static org.apache.pekko.actor.typed.Behavior<Ask> relay(Who who) {
    String mine = identity();
    var unused =
        java.util.Objects.requireNonNull(far)
            .<Names>ask(Who::new)
            .thenAccept(reply -> who.replyTo().tell(new Names(mine + " " + reply.names())));
    return Behaviors.same();
  }

  private static org.apache.pekko.actor.typed.Behavior<Ask> answer(Who who, String prefix) {
    who.replyTo().tell(new Names(prefix + identity()));
    return Behaviors.same();
  }

  private static String identity() {
    return String.valueOf(CallContext.current().orElseThrow().identity());
  }

  @Test
  void bothServicesSeeWhoCameThroughTheDoor(MeshCluster mesh) throws Exception {
    assertThat(ask(mesh, "X-API-Key", "key")).isEqualTo("{\"names\":\"ann ann\"}");
    assertThat(ask(mesh, "X-Other", "key")).isEqualTo("{\"names\":\"null null\"}");
  }

  private static String ask(MeshCluster mesh, String... header) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(mesh.uri("/near/who"))
            .headers(header)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    return HttpClient.newHttpClient()
        .sendAsync(request, BodyHandlers.ofString())
        .get(20, SECONDS)
        .body();
  }
}
