package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.call.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract within one process, and the faults that its network can be given. */
class InMemoryLinkContractTest extends LinkContract {

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final InMemoryLinkNetwork network = new InMemoryLinkNetwork(executor, Ticker.system());
  private final Served served = new Served();
  private final List<LinkState> states = new CopyOnWriteArrayList<>();
  private final LinkPeer server = new LinkPeer("server", "server:1", 11, "memory", 1);
  private final LinkPeer client = new LinkPeer("client", "client:1", 12, "memory", 2);
  private final LinkTransport serving = join(server, served);
  private final LinkTransport calling = join(client, call -> {});

  private LinkTransport join(LinkPeer self, InboundHandler handler) {
    LinkSettings settings =
        LinkSettings.of("test", () -> self, "memory").withTimes(NettyNode.QUICK);
    return network.join(
        settings, MembershipGate.open(), handler, (peer, before, now, why) -> states.add(now));
  }

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  @Override
  Served served() {
    return served;
  }

  @Override
  Link link() {
    return calling.to(server);
  }

  @Override
  LinkTransport serving() {
    return serving;
  }

  @Override
  LinkTransport calling() {
    return calling;
  }

  @Override
  LinkPeer servingPeer() {
    return server;
  }

  @Override
  void breakConnections() {
    network.breakConnections("server:1");
  }

  @Test
  void aSilencedNodeTakesNoNewCallsAndThenLosesThoseInFlight() {
    served.behave(Served::keep);
    TestCall call = send(TestCall.say("x"));
    await().until(() -> served.calls().size() == 1);
    network.silence("server:1", true);
    await().until(() -> states.contains(LinkState.SILENT));
    awaitEnd(call, "SILENT may have run");
    network.silence("server:1", false);
    await().until(() -> link().state() == LinkState.UP);
  }

  @Test
  void aKilledNodeCannotBeDialled() {
    warmUp();
    network.kill("server:1");
    await().until(() -> link().state() == LinkState.DOWN);
    awaitEnd(send(TestCall.say("x")), "NOT_CONNECTED not started");
  }

  @Test
  void aDelayHoldsUpEveryMessage() {
    warmUp();
    network.delay(Duration.ofMillis(100));
    long before = Ticker.system().nowNanos();
    awaitEnd(send(TestCall.say("x")), "reply x");
    assertThat(Duration.ofNanos(Ticker.system().nowNanos() - before))
        .isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }
}
