package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.LinkContract.awaitEnd;
import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Credits, parts of large payloads, and the queues between. */
class NettyLinkFlowTest {

  private NettyNode server = new NettyNode("server", 11);
  private NettyNode client = new NettyNode("client", 12);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void callsBeyondTheCreditWaitAndThenGo() {
    restart(LinkLimits.DEFAULT.withCredits(4, 1 << 20, 100), LinkLimits.DEFAULT);
    List<InboundCall> kept = keepAll();
    List<TestCall> calls = send(10);
    await().until(() -> kept.size() == 4);
    assertThat(calls).allMatch(call -> call.ends().isEmpty());
    for (int i = 0; i < 10; i++) {
      int next = i;
      await().until(() -> kept.size() > next);
      Served.reply(kept.get(i), "done");
    }
    calls.forEach(call -> awaitEnd(call, "reply done"));
  }

  @Test
  void callsBeyondTheBoundedWaitFailAsNotStarted() {
    restart(
        LinkLimits.DEFAULT.withCredits(2, 1 << 20, 100),
        LinkLimits.DEFAULT.withCredits(10, 1 << 20, 3));
    List<InboundCall> kept = keepAll();
    List<TestCall> out = send(2);
    await().until(() -> kept.size() == 2);
    List<TestCall> waiting = send(3);
    TestCall tooMany = send(1).get(0);
    awaitEnd(tooMany, "NO_CREDIT not started");
    server.served.behave(Served::echo);
    kept.forEach(call -> Served.reply(call, "done"));
    out.forEach(call -> awaitEnd(call, "reply done"));
    waiting.forEach(call -> awaitEnd(call, "reply x"));
  }

  @Test
  void aCallThatWaitsForCreditEndsAtItsDeadlineAsNotStarted() {
    restart(LinkLimits.DEFAULT.withCredits(1, 1 << 20, 100), LinkLimits.DEFAULT);
    List<InboundCall> kept = keepAll();
    send(1);
    await().until(() -> kept.size() == 1);
    TestCall late = TestCall.say("x", java.time.Duration.ofMillis(100));
    link().send(late);
    awaitEnd(late, "DEADLINE not started");
  }

  @Test
  void bytesAreCreditedToo() {
    restart(LinkLimits.DEFAULT.withCredits(1000, 50_000, 100), LinkLimits.DEFAULT);
    List<InboundCall> kept = keepAll();
    List<TestCall> calls = new ArrayList<>();
    IntStream.range(0, 3).forEach(i -> calls.add(TestCall.large(30_000)));
    calls.forEach(link()::send);
    await().until(() -> kept.size() == 2);
    assertThat(calls).allMatch(call -> call.ends().isEmpty());
    Served.reply(kept.get(0), "one");
    await().until(() -> kept.size() == 3);
  }

  @Test
  void aPayloadLargerThanTheByteCreditStillGoes() {
    restart(LinkLimits.DEFAULT.withCredits(10, 1000, 100), LinkLimits.DEFAULT);
    List<TestCall> calls = new ArrayList<>();
    IntStream.range(0, 5).forEach(i -> calls.add(TestCall.large(100_000)));
    calls.forEach(link()::send);
    calls.forEach(call -> awaitEnd(call, "reply 100000 bytes"));
  }

  @Test
  void smallCallsOvertakeLargeOnes() {
    List<String> arrived = new CopyOnWriteArrayList<>();
    server.served.behave(
        call -> {
          arrived.add(call.payloadBytes() > 100 ? "large" : "small");
          Served.echo(call);
        });
    List<TestCall> calls = List.of(TestCall.large(8_000_000), TestCall.say("small"));
    calls.forEach(link()::send);
    awaitEnd(calls.get(0), "reply 8000000 bytes");
    awaitEnd(calls.get(1), "reply small");
    assertThat(arrived).containsExactly("small", "large");
    assertThat(calls.get(0).reply()).isEqualTo(calls.get(0).message());
  }

  @Test
  void manyLargePayloadsInterleave() {
    List<TestCall> calls =
        IntStream.range(0, 12).mapToObj(i -> TestCall.large(200_000 + i * 33_333)).toList();
    calls.forEach(link()::send);
    await().until(() -> LinkContract.allEnded(calls));
    assertThat(calls).allMatch(call -> java.util.Arrays.equals(call.reply(), call.message()));
  }

  @Test
  void largePayloadsBeyondTheReassemblyCapAreRefusedAndTheRestGoOn() {
    LinkLimits narrow = narrowReassembly();
    restart(narrow, LinkLimits.DEFAULT);
    List<TestCall> calls = IntStream.range(0, 4).mapToObj(i -> TestCall.large(900_000)).toList();
    calls.forEach(link()::send);
    await().until(() -> LinkContract.allEnded(calls));
    assertThat(calls)
        .allMatch(
            call ->
                call.ends().equals(List.of("reply 900000 bytes"))
                    || call.ends().equals(List.of("refused BYTES_FULL")));
    awaitEnd(calls.get(0), "reply 900000 bytes");
  }

  @Test
  void aLargeCallIsRecalledWhileItIsBeingSent() {
    try (TcpProxy proxy = new TcpProxy(server.transport().boundPort())) {
      Link link = client.transport().to(server.peerAt(proxy.port()));
      await().until(() -> link.state() == LinkState.UP);
      proxy.blackHole(true);
      TestCall call = TestCall.large(8_000_000);
      TestCall second = TestCall.large(8_000_000);
      link.send(call);
      link.send(second);
      link.recall(second);
      proxy.blackHole(false);
      awaitEnd(call, "reply 8000000 bytes");
      await().until(() -> !second.ends().isEmpty());
      assertThat(second.ends().get(0)).isIn("refused RECALLED", "reply 8000000 bytes");
    }
  }

  @Test
  void severalConnectionsServeOnePeer() {
    client.close();
    client = new NettyNode("client", 12, s -> s.withConnections(3), MembershipGate.open());
    List<TestCall> calls =
        IntStream.range(0, 60).mapToObj(i -> TestCall.say("x").from("caller" + i)).toList();
    calls.forEach(link()::send);
    calls.forEach(call -> awaitEnd(call, "reply x"));
    await().until(() -> link().state() == LinkState.UP);
  }

  private static LinkLimits narrowReassembly() {
    LinkLimits all = LinkLimits.DEFAULT;
    return new LinkLimits(
        1_000_000,
        all.chunkBytes(),
        1_000_000,
        all.creditCalls(),
        all.creditBytes(),
        all.waitingCalls(),
        all.lowWatermark(),
        all.highWatermark(),
        all.unsentReplyBytes());
  }

  private void restart(LinkLimits serverLimits, LinkLimits clientLimits) {
    close();
    server = new NettyNode("server", 11, s -> s.withLimits(serverLimits), MembershipGate.open());
    client = new NettyNode("client", 12, s -> s.withLimits(clientLimits), MembershipGate.open());
  }

  private List<InboundCall> keepAll() {
    List<InboundCall> kept = new CopyOnWriteArrayList<>();
    server.served.behave(
        call -> {
          Served.keep(call);
          kept.add(call);
        });
    return kept;
  }

  private List<TestCall> send(int count) {
    List<TestCall> calls = IntStream.range(0, count).mapToObj(i -> TestCall.say("x")).toList();
    calls.forEach(link()::send);
    return calls;
  }

  private Link link() {
    return client.transport().to(server.peer());
  }
}
