package io.actormesh.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.actormesh.runtime.external.ExternalClient;
import io.actormesh.runtime.external.ExternalReply;
import io.actormesh.runtime.failure.NoRoute;
import io.actormesh.runtime.node.MeshNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services outside of the mesh, found in a real Consul and by its DNS. */
class ConsulExternalTest {

  private static final String SETTINGS =
      """
      external {
        billing { lookup-interval = 100 ms }
        billing-by-dns {
          discovery = dns, name = service.consul, port-name = billing
          lookup-interval = 100 ms
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void aServiceIsCalledWhereConsulOrItsDnsSaysItIs() throws Exception {
    HttpServer one = server("one");
    HttpServer two = server("two");
    try (ConsulAgent agent = ConsulAgent.start(folder)) {
      agent.register("billing", one.getAddress().getPort());
      agent.register("billing", two.getAddress().getPort());
      soon(() -> agent.passing("billing").size() == 2);
      MeshNode node = ConsulNodes.describe("caller", agent, SETTINGS, agent.nameserver()).start();
      try {
        ExternalClient billing = node.external("billing");
        soon(() -> answering(billing).equals(Set.of("one", "two")));
        ExternalClient byDns = node.external("billing-by-dns");
        soon(() -> answering(byDns).equals(Set.of("one", "two")));
        assertThatThrownBy(() -> call(node.external("nobody")))
            .hasCauseInstanceOf(NoRoute.class)
            .hasMessageContaining("actormesh-consul knows no place of it");

        agent.deregister("billing", one.getAddress().getPort());
        soon(() -> answering(billing).equals(Set.of("two")));
        agent.kill();
        assertThat(answering(billing)).containsExactly("two");
      } finally {
        node.kill().toCompletableFuture().orTimeout(30, SECONDS).join();
      }
    } finally {
      one.stop(0);
      two.stop(0);
    }
  }

  private static Set<String> answering(ExternalClient client) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      seen.add(call(client).text());
    }
    return seen;
  }

  private static ExternalReply call(ExternalClient client) {
    return client.send("/invoices/7", HttpRequest.Builder::GET).orTimeout(30, SECONDS).join();
  }

  private static HttpServer server(String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/invoices",
        exchange -> {
          try (exchange) {
            byte[] body = name.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }

  private static void soon(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(condition);
  }
}
