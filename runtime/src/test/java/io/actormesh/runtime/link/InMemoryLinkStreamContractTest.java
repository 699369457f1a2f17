package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Ticker;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;

/** The contract of streams within one process. */
class InMemoryLinkStreamContractTest extends LinkStreamContract {

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final InMemoryLinkNetwork network = new InMemoryLinkNetwork(executor, Ticker.system());
  private final Served served = new Served();
  private final LinkPeer server = new LinkPeer("server", "server:1", 11, "memory", 1);
  private final LinkPeer client = new LinkPeer("client", "client:1", 12, "memory", 2);
  private final LinkTransport serving = join(server, served);
  private final LinkTransport calling = join(client, call -> {});

  private LinkTransport join(LinkPeer self, InboundHandler handler) {
    LinkSettings settings =
        LinkSettings.of("test", () -> self, "memory")
            .withTimes(NettyNode.QUICK)
            .withStreams(LinkStreamContract.QUICK);
    return network.join(settings, MembershipGate.open(), handler, (peer, before, now, why) -> {});
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
  void breakConnections() {
    network.breakConnections("server:1");
  }
}
