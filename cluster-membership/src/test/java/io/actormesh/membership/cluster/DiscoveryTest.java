package io.actormesh.membership.cluster;

import static io.actormesh.membership.cluster.TestNode.PATIENCE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.membership.Member;
import io.actormesh.membership.MembershipView;
import io.actormesh.membership.formation.BootstrapConfig;
import io.actormesh.membership.formation.BootstrapDoor;
import io.actormesh.membership.formation.FormationSettings;
import io.actormesh.membership.formation.HostPort;
import io.actormesh.membership.formation.JoinFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.japi.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that find each other through a source that knows who runs. */
class DiscoveryTest {

  private static final String SRV = "method = dns, name = mesh.test, port-name = admin";

  private final List<TestNode> nodes = new ArrayList<>();
  private final List<AutoCloseable> servers = new ArrayList<>();

  @AfterEach
  void terminate() throws Exception {
    nodes.forEach(node -> node.system.terminate());
    nodes.forEach(TestNode::close);
    for (AutoCloseable server : servers) {
      server.close();
    }
  }

  @Test
  void fiveNodesStartedAtOnceFormOneClusterBySrvRecords() throws IOException {
    formBySrvRecords();
  }

  @Test
  void fiveNodesStartedAtOnceFormOneClusterByAddressRecords() throws IOException {
    formByAddressRecords();
  }

  @Test
  void fiveNodesStartedAtOnceFormOneClusterByAnyServiceDiscovery() {
    formByOther();
  }

  @Tag("soak")
  @RepeatedTest(20)
  void fiveNodesFormOneClusterBySrvRecordsEveryTime() throws IOException {
    formBySrvRecords();
  }

  @Tag("soak")
  @RepeatedTest(20)
  void fiveNodesFormOneClusterByAddressRecordsEveryTime() throws IOException {
    formByAddressRecords();
  }

  @Tag("soak")
  @RepeatedTest(20)
  void fiveNodesFormOneClusterByAnyServiceDiscoveryEveryTime() {
    formByOther();
  }

  @Test
  void aNodeThatComesLaterJoinsTheClusterThatIs() {
    String name = "later-" + System.nanoTime();
    form(oneCluster(2, other(name, 2), admin -> KnownNodes.add(name, admin)));
    Joining third = node(other(name, 2));
    KnownNodes.add(name, third.admin());
    TestNode.join(third.start());
    assertThat(third.view().members()).hasSize(3);
  }

  @Test
  void aNodeThatFindsTooFewSaysWhomItFound() {
    String name = "few-" + System.nanoTime();
    Joining alone = node(other(name, 3));
    KnownNodes.add(name, alone.admin());

    JoinFailed failure = failureOf(alone.start(Duration.ofSeconds(3)).join());

    assertThat(failure.tried()).containsExactly(alone.admin());
    assertThat(failure)
        .hasMessageContaining("found [" + alone.admin() + "], of 3 nodes required")
        .hasMessageContaining("required-nodes");
  }

  @Test
  void aNodeThatMayOnlyJoinFormsNoCluster() {
    String name = "only-join-" + System.nanoTime();
    Joining alone = node(other(name, 1) + ", forms-new = off");
    KnownNodes.add(name, alone.admin());
    JoinFailed failure = failureOf(alone.start(Duration.ofSeconds(4)).join());
    assertThat(failure).hasMessageContaining("forms-new is off");
  }

  /** A node is known by the name in its record, which must be what it calls itself. */
  private void formBySrvRecords() throws IOException {
    DnsServer dns = dns();
    String discovery = SRV + ", required-nodes = 5" + nameserver(dns);
    List<Joining> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Joining node = node(discovery, "localhost", 0);
      dns.service("_admin._tcp.mesh.test", "localhost", node.admin().port());
      started.add(node);
    }
    form(started);
  }

  private void formByAddressRecords() throws IOException {
    DnsServer dns = dns();
    int admin = freePort();
    String discovery = "method = dns, name = mesh.test, contact-port = " + admin + nameserver(dns);
    List<Joining> started = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      String host = "127.0.0." + i;
      started.add(node(discovery + ", required-nodes = 5", host, admin));
      dns.address("mesh.test", host);
    }
    form(started);
  }

  private void formByOther() {
    String name = "other-" + System.nanoTime();
    form(oneCluster(5, other(name, 5), admin -> KnownNodes.add(name, admin)));
  }

  private static String other(String name, int required) {
    return "method = known-nodes, name = " + name + ", required-nodes = " + required;
  }

  private static String nameserver(DnsServer dns) {
    return ", dns.nameservers = [\"" + dns.address() + "\"]";
  }

  private DnsServer dns() throws IOException {
    DnsServer dns = DnsServer.start();
    servers.add(dns);
    return dns;
  }

  private List<Joining> oneCluster(int count, String discovery, Consumer<HostPort> tell) {
    List<Joining> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(node("required-nodes = " + count + ", " + discovery));
    }
    made.forEach(node -> tell.accept(node.admin()));
    return made;
  }

  /** Starts them at once in any order; all must see all of them as up. */
  private void form(List<Joining> made) {
    long seed = System.nanoTime();
    List<Joining> order = new ArrayList<>(made);
    Collections.shuffle(order, new Random(seed));
    List<Membership> memberships = order.stream().map(Joining::start).toList();
    memberships.stream().map(Membership::join).toList().forEach(TestNode::await);
    for (Joining node : order) {
      await("order " + seed).atMost(PATIENCE).until(() -> up(node.view()) == made.size());
    }
  }

  private static long up(MembershipView view) {
    return view.members().stream().map(Member::status).filter(s -> s.started()).count();
  }

  private Joining node(String discovery) {
    return node(discovery, "127.0.0.1", 0);
  }

  private Joining node(String discovery, String host, int adminPort) {
    Joining node = Joining.create("node-" + nodes.size(), discovery, host, adminPort);
    nodes.add(node.node);
    return node;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static JoinFailed failureOf(CompletionStage<?> stage) {
    var failed = new CompletableFuture<Throwable>();
    stage.whenComplete((value, e) -> failed.complete(e));
    Throwable failure = TestNode.await(failed);
    return (JoinFailed) (failure.getCause() == null ? failure : failure.getCause());
  }

  /** A node with the admin port at which it can be asked for a cluster. */
  private static final class Joining {

    private final TestNode node;
    private final FormationSettings formation;
    private final HostPort admin;
    private final AtomicReference<Function<HttpRequest, CompletionStage<HttpResponse>>> answers =
        new AtomicReference<>(
            request ->
                CompletableFuture.completedFuture(
                    HttpResponse.create().withStatus(StatusCodes.SERVICE_UNAVAILABLE)));
    private @Nullable Membership membership;

    private Joining(TestNode node, FormationSettings formation, String host, int adminPort) {
      this.node = node;
      this.formation = formation;
      ServerBinding binding =
          TestNode.await(
              Http.get(node.system)
                  .newServerAt(host, adminPort)
                  .bind((Function<HttpRequest, CompletionStage<HttpResponse>>) this::answer));
      this.admin = new HostPort(host, binding.localAddress().getPort());
    }

    static Joining create(String name, String discovery, String host, int adminPort) {
      Config settings =
          ConfigFactory.parseString(discovery + ", stable-margin = 1s, lookup-interval = 500ms")
              .withFallback(ConfigFactory.load().getConfig("actormesh.discovery"));
      FormationSettings formation = FormationSettings.from(settings, "membership", adminPort);
      Config overlay =
          ConfigFactory.parseString(
                  "pekko.discovery.known-nodes.class = \""
                      + KnownNodes.class.getName()
                      + "\"\npekko.remote.artery.canonical.hostname = \""
                      + host
                      + "\"\npekko.remote.artery.bind.hostname = \""
                      + host
                      + '"')
              .withFallback(BootstrapConfig.of(formation.method(), settings));
      return new Joining(
          TestNode.create(name, overlay.root().render()), formation, host, adminPort);
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request) throws Exception {
      return requireNonNull(answers.get()).apply(request);
    }

    HostPort admin() {
      return admin;
    }

    MembershipView view() {
      return requireNonNull(membership).view();
    }

    Membership start() {
      return start(PATIENCE);
    }

    Membership start(Duration joinTimeout) {
      answers.set(BootstrapDoor.open(node.system, admin));
      Membership started = node.start(formation.method(), joinTimeout);
      membership = started;
      return started;
    }
  }
}
