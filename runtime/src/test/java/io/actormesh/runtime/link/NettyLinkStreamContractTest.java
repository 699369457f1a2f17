package io.actormesh.runtime.link;

import org.junit.jupiter.api.AfterEach;

/** The contract of streams over TCP; a proxy stands between the two, to break connections. */
class NettyLinkStreamContractTest extends LinkStreamContract {

  private final NettyNode server = node("server", 11);
  private final NettyNode client = node("client", 12);
  private final TcpProxy proxy = new TcpProxy(server.transport().boundPort());

  private static NettyNode node(String name, long incarnation) {
    return new NettyNode(
        name,
        incarnation,
        settings -> settings.withStreams(LinkStreamContract.QUICK),
        MembershipGate.open());
  }

  @AfterEach
  void close() {
    client.close();
    proxy.close();
    server.close();
  }

  @Override
  Served served() {
    return server.served;
  }

  @Override
  Link link() {
    return client.transport().to(server.peerAt(proxy.port()));
  }

  @Override
  LinkTransport serving() {
    return server.transport();
  }

  @Override
  void breakConnections() {
    proxy.breakConnections();
  }
}
