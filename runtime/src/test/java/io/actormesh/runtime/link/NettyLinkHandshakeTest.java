package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.LinkContract.awaitEnd;
import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in, who is turned away, and with what reason. */
class NettyLinkHandshakeTest {

  private final AtomicReference<MembershipGate.Standing> standing =
      new AtomicReference<>(MembershipGate.Standing.KNOWN);
  private final NettyNode server =
      new NettyNode("server", 11, s -> s, (address, incarnation) -> standing());
  private NettyNode client = new NettyNode("client", 12);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void anotherClusterIsTurnedAway() {
    client.close();
    client =
        new NettyNode(
            "client",
            12,
            s -> LinkSettings.of("other", s.self(), "127.0.0.1").withTimes(NettyNode.QUICK),
            MembershipGate.open());
    turnedAway(server.peer(), "WRONG_CLUSTER, this is cluster test, the caller's is other");
  }

  @Test
  void versionsThatDoNotOverlapAreTurnedAway() {
    client.close();
    client = new NettyNode("client", 12, s -> s.withVersions(2, 3), MembershipGate.open());
    turnedAway(server.peer(), "VERSION_MISMATCH, versions 1 to 1 here, 2 to 3 at the caller");
  }

  @Test
  void theNewestVersionThatBothSpeakIsAgreedOn() {
    client.close();
    client = new NettyNode("client", 12, s -> s.withVersions(1, 9), MembershipGate.open());
    awaitEnd(say(server.peer()), "reply hi");
  }

  @Test
  void aCallerThatMeansAnotherIncarnationIsTurnedAway() {
    LinkPeer earlier =
        new LinkPeer("server", "server:1", 10, "127.0.0.1", server.transport().boundPort());
    turnedAway(earlier, "WRONG_INCARNATION, this is server:1 incarnation 11");
  }

  @Test
  void aCallerThatHasRestartedInTheServersViewIsTurnedAway() {
    standing.set(MembershipGate.Standing.WRONG_INCARNATION);
    turnedAway(server.peer(), "WRONG_INCARNATION, client:1 incarnation 12");
  }

  @Test
  void aCallerNotYetInViewIsLetInAsSoonAsItIs() {
    standing.set(MembershipGate.Standing.NOT_YET);
    TestCall call = say(server.peer());
    await().until(() -> server.goneCallers.size() >= 2);
    assertThat(call.ends()).isEmpty();
    assertThat(client.transport().to(server.peer()).state()).isEqualTo(LinkState.CONNECTING);
    standing.set(MembershipGate.Standing.KNOWN);
    awaitEnd(call, "reply hi");
  }

  @Test
  void aCallerNeverInViewGivesUpAfterTheConnectTimeout() {
    client.close();
    client = impatientClient();
    standing.set(MembershipGate.Standing.NOT_YET);
    awaitEnd(say(server.peer()), "NOT_CONNECTED not started");
    await().until(() -> client.transport().to(server.peer()).state() == LinkState.DOWN);
  }

  @Test
  void aServerThatNeverAnswersTheHelloIsGivenUp() throws IOException {
    client.close();
    client = impatientClient();
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      awaitEnd(say(server.peerAt(mute.getLocalPort())), "NOT_CONNECTED not started");
    }
  }

  @Test
  void callsToAPortWhereNobodyListensFailAtOnce() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    awaitEnd(say(server.peerAt(free)), "NOT_CONNECTED not started");
    await().until(() -> client.transport().to(server.peerAt(free)).state() == LinkState.DOWN);
    awaitEnd(say(server.peerAt(free)), "NOT_CONNECTED not started");
  }

  @Test
  void aNodeThatComesUpLaterIsFound() {
    int port = server.transport().boundPort();
    server.close();
    LinkPeer peer = server.peerAt(port);
    awaitEnd(say(peer), "NOT_CONNECTED not started");
    NettyNode again = new NettyNode("server", 11, s -> s.withPort(port), MembershipGate.open());
    try {
      await().until(() -> client.transport().to(peer).state() == LinkState.UP);
      awaitEnd(say(peer), "reply hi");
    } finally {
      again.close();
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    int taken = server.transport().boundPort();
    assertThatThrownBy(
            () -> new NettyNode("second", 13, s -> s.withPort(taken), MembershipGate.open()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + taken);
  }

  @Test
  void somethingThatDoesNotSpeakTheProtocolIsTurnedAway() throws IOException {
    try (RawPeer peer = RawPeer.dial(server.transport().boundPort())) {
      peer.send(
          (writer, out) ->
              out.writeBytes(
                  "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
      assertThat(peer.expectClose()).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }
  }

  @Test
  void aCallBeforeTheHandshakeIsAnError() throws IOException {
    try (RawPeer peer = RawPeer.dial(server.transport().boundPort())) {
      peer.define(0);
      assertThat(peer.expectClose()).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }
  }

  private MembershipGate.Standing standing() {
    return java.util.Objects.requireNonNull(standing.get());
  }

  private static NettyNode impatientClient() {
    return new NettyNode(
        "client",
        12,
        s -> s.withTimes(NettyNode.QUICK.withConnectTimeout(Duration.ofMillis(300))),
        MembershipGate.open());
  }

  private void turnedAway(LinkPeer peer, String why) {
    awaitEnd(say(peer), "NOT_CONNECTED not started");
    await().until(() -> client.transport().to(peer).state() == LinkState.DOWN);
    assertThat(client.states).anyMatch(state -> state.contains(why));
  }

  private TestCall say(LinkPeer peer) {
    TestCall call = TestCall.say("hi");
    client.transport().to(peer).send(call);
    return call;
  }
}
