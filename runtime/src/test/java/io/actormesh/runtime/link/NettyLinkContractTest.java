package io.actormesh.runtime.link;

import org.junit.jupiter.api.AfterEach;

/** The contract over TCP; a proxy stands between the two, to break connections. */
class NettyLinkContractTest extends LinkContract {

  private final NettyNode server = new NettyNode("server", 11);
  private final NettyNode client = new NettyNode("client", 12);
  private final TcpProxy proxy = new TcpProxy(server.transport().boundPort());

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
    return calling().to(servingPeer());
  }

  @Override
  LinkTransport serving() {
    return server.transport();
  }

  @Override
  LinkTransport calling() {
    return client.transport();
  }

  @Override
  LinkPeer servingPeer() {
    return server.peerAt(proxy.port());
  }

  @Override
  void breakConnections() {
    proxy.breakConnections();
  }
}
