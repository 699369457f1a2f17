package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.LinkContract.awaitEnd;
import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A serving node among callers that send rubbish after a proper handshake. */
class ServerConnectionFuzzTest {

  private final SplittableRandom random = new SplittableRandom(4711);

  @Test
  void rubbishEndsItsOwnConnectionAndHarmsNobodyElse() throws IOException {
    try (NettyNode server = new NettyNode("server", 11);
        NettyNode client = new NettyNode("client", 12)) {
      for (int round = 0; round < 150; round++) {
        try (RawPeer peer = RawPeer.caller(server)) {
          peer.define(0);
          sendRubbish(peer);
        }
      }
      TestCall call = TestCall.say("still well");
      client.transport().to(server.peer()).send(call);
      awaitEnd(call, "reply still well");
      await().untilAsserted(() -> assertThat(server.goneCallers).hasSize(150));
    }
  }

  private void sendRubbish(RawPeer peer) {
    try {
      for (int i = 0; i < 20; i++) {
        byte[] body = new byte[random.nextInt(60)];
        random.nextBytes(body);
        // Mostly calls and chunks with small ids, so that some of them fit together.
        int type = 3 + random.nextInt(i % 2 == 0 ? 2 : 15);
        int flags = random.nextInt(4);
        long id = random.nextInt(4) + 1L;
        peer.send(type, flags, out -> out.writeLong(id << 20 | id).writeBytes(body));
      }
    } catch (IOException cutOff) {
      assertThat(cutOff).isNotNull();
    }
  }
}
