package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.actormesh.membership.consul.ConsulClient;
import io.actormesh.membership.consul.ConsulEntry;
import io.actormesh.membership.consul.ConsulException;
import io.actormesh.membership.consul.ConsulException.Kind;
import io.actormesh.membership.consul.ConsulSettings;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.apache.pekko.discovery.Discovery;
import org.apache.pekko.discovery.ServiceDiscovery;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Consul that speaks TLS and permits nothing without a token. */
class ConsulSecurityTest {

  private static final String RULES =
      "service_prefix \"\" { policy = \"write\" }\nnode_prefix \"\" { policy = \"read\" }";

  @TempDir Path folder;

  @Test
  void forbiddenIsToldFromEmptyAndAwayFromBoth() throws Exception {
    try (ConsulAgent agent = ConsulAgent.guarded(folder)) {
      String blind = agent.token("blind", "node_prefix \"\" { policy = \"read\" }");

      assertThat(problem(agent, blind)).satisfies(forbidden("service:read of \"probe\""));
      assertThat(problem(agent, "")).satisfies(forbidden("service:read", "node:read"));
      assertThat(problem(agent, "nobody-s")).satisfies(forbidden("ACL not found"));
      assertThat(found(agent, agent.token("sees", RULES))).isEmpty();

      theNodeThatMayNotLookSaysSo(agent, blind);

      ConsulClient untrusting = client(agent, "root", "");
      assertThat(problem(untrusting).kind()).isEqualTo(Kind.AWAY);
      agent.kill();
      ConsulException away = problem(agent, "root");
      assertThat(away.kind()).isEqualTo(Kind.AWAY);
      assertThat(away).hasMessageContaining("does not answer at " + agent.secureAddress());
    }
  }

  @Test
  void aTokenMayBeReplacedAndTheLastListHoldsWhileConsulIsAway() throws Exception {
    try (ConsulAgent agent = ConsulAgent.guarded(folder)) {
      Path file = folder.resolve("token");
      Files.writeString(file, agent.token("blind", "node_prefix \"\" { policy = \"read\" }"));
      MeshNode node = ConsulNodes.describe("door", agent, settings(agent, file)).start();
      try {
        assertThat(agent.all("probe")).isEmpty();
        String first = agent.token("first", RULES);
        Files.writeString(file, first);
        soon().until(() -> agent.passing("probe").size() == 1);

        Files.writeString(file, agent.token("second", RULES));
        agent.revoke(first);
        node.withdraw("probe").toCompletableFuture().orTimeout(30, SECONDS).join();
        soon().until(() -> agent.passing("probe").isEmpty());

        assertThat(resolved(node)).containsExactly(node.httpPort().orElseThrow());
        agent.kill();
        assertThat(resolved(node)).containsExactly(node.httpPort().orElseThrow());
      } finally {
        node.kill().toCompletableFuture().orTimeout(30, SECONDS).join();
      }
    }
  }

  private static void theNodeThatMayNotLookSaysSo(ConsulAgent agent, String token) {
    String settings =
        "discovery { method = consul, name = shop, join-timeout = 1500ms }\nconsul.token = \""
            + token
            + '"';
    assertThatThrownBy(() -> ConsulNodes.describe("blind", agent, settings).start())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("Consul shows no 'shop', but the token lacks service:read of");
  }

  private static String settings(ConsulAgent agent, Path token) {
    return "consul { publish = on, address = \""
        + agent.secureAddress()
        + "\", authority-file = \""
        + agent.authority()
        + "\", token-file = \""
        + token
        + "\" }";
  }

  private static List<Integer> resolved(MeshNode node) {
    ServiceDiscovery consul = Discovery.get(node.system()).loadServiceDiscovery("actormesh-consul");
    return consul
        .lookup("relay", Duration.ofSeconds(10))
        .toCompletableFuture()
        .orTimeout(30, SECONDS)
        .join()
        .getAddresses()
        .stream()
        .map(target -> (Integer) target.getPort().orElseThrow())
        .toList();
  }

  private static Consumer<ConsulException> forbidden(String... words) {
    return problem -> {
      assertThat(problem.kind()).isEqualTo(Kind.FORBIDDEN);
      assertThat(problem.problem()).contains(words);
    };
  }

  private static List<ConsulEntry> found(ConsulAgent agent, String token) {
    return client(agent, token, agent.authority().toString())
        .passing("probe")
        .toCompletableFuture()
        .orTimeout(30, SECONDS)
        .join();
  }

  private static ConsulException problem(ConsulAgent agent, String token) {
    return problem(client(agent, token, agent.authority().toString()));
  }

  private static ConsulException problem(ConsulClient client) {
    return (ConsulException)
        client
            .passing("probe")
            .handle((found, failure) -> failure)
            .toCompletableFuture()
            .orTimeout(30, SECONDS)
            .thenApply(failure -> failure instanceof ConsulException ? failure : failure.getCause())
            .join();
  }

  private static ConsulClient client(ConsulAgent agent, String token, String authority) {
    String consul =
        "actormesh.consul { address = \""
            + agent.secureAddress()
            + "\", token = \""
            + token
            + "\", authority-file = \""
            + authority
            + "\" }";
    ConsulSettings settings =
        ConsulSettings.from(
            ConfigFactory.parseString(consul)
                .withFallback(ConfigFactory.load())
                .getConfig("actormesh.consul"));
    return new ConsulClient(settings, ForkJoinPool.commonPool());
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
  }
}
