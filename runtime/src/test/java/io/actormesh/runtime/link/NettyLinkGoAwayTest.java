package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.LinkContract.awaitEnd;
import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a node leaves, or has its connections replaced, without losing a call. */
class NettyLinkGoAwayTest {

  private final NettyNode server = new NettyNode("server", 11);
  private final NettyNode client = new NettyNode("client", 12);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void callsAboveTheLastAcceptedIdAreNotStarted() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      LinkPeer peer = server.peerAt(listening.getLocalPort());
      List<TestCall> calls = IntStream.range(0, 3).mapToObj(i -> TestCall.say("x")).toList();
      calls.forEach(call -> client.transport().to(peer).send(call));
      try (RawPeer leaving = RawPeer.server(listening)) {
        long first = leaving.expect(FrameType.CALL).readLong();
        leaving.send((writer, out) -> writer.goAway(out, first, CloseReason.DRAINING));
        awaitEnd(calls.get(1), "CLOSED not started");
        awaitEnd(calls.get(2), "CLOSED not started");
        assertThat(calls.get(0).ends()).isEmpty();
        assertThat(client.transport().to(peer).state()).isEqualTo(LinkState.DRAINING);
        leaving.send(
            (writer, out) ->
                writer.refuse(
                    out, first, LoadReport.NONE, 0, 0, Refusal.of(RefusalReason.FAILED, "threw")));
        awaitEnd(calls.get(0), "refused FAILED");
        leaving.expect(FrameType.CLOSE);
      }
    }
  }

  @Test
  void renewedConnectionsLoseNoCall() {
    List<InboundCall> kept = new CopyOnWriteArrayList<>();
    server.served.behave(
        call -> {
          Served.keep(call);
          kept.add(call);
        });
    Link link = client.transport().to(server.peer());
    TestCall onTheOld = TestCall.say("old");
    link.send(onTheOld);
    await().until(() -> kept.size() == 1);
    assertThat(server.transport().renew()).succeedsWithin(Duration.ofSeconds(10));
    server.served.behave(Served::echo);
    TestCall onTheNew = TestCall.say("new");
    link.send(onTheNew);
    awaitEnd(onTheNew, "reply new");
    assertThat(onTheOld.ends()).isEmpty();
    Served.reply(kept.get(0), "old, answered");
    awaitEnd(onTheOld, "reply old, answered");
    await().until(() -> server.goneCallers.size() == 1);
    assertThat(link.state()).isEqualTo(LinkState.UP);
  }

  @Test
  void underLoadEveryCallOfARenewalIsAnsweredOrNotStarted() {
    Link link = client.transport().to(server.peer());
    List<TestCall> calls = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 200; i++) {
        TestCall call = TestCall.say("c");
        calls.add(call);
        link.send(call);
      }
      TestCall first = calls.get(round * 200);
      await().until(() -> !first.ends().isEmpty());
      assertThat(server.transport().renew()).succeedsWithin(Duration.ofSeconds(10));
    }
    await().until(() -> LinkContract.allEnded(calls));
    assertThat(calls)
        .allMatch(
            call ->
                call.ends().equals(List.of("reply c"))
                    || call.ends().equals(List.of("CLOSED not started")));
    assertThat(calls).anyMatch(call -> call.ends().contains("reply c"));
  }

  @Test
  void aDrainingNodeTurnsNewCallersAway() {
    assertThat(server.transport().drain()).succeedsWithin(Duration.ofSeconds(10));
    TestCall call = TestCall.say("x");
    client.transport().to(server.peer()).send(call);
    awaitEnd(call, "NOT_CONNECTED not started");
    assertThat(client.states).anyMatch(state -> state.contains("DRAINING"));
  }
}
