package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.LinkContract.awaitEnd;
import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS: who has a certificate of the common authority is let in, and nobody else. */
class LinkTlsTest {

  @TempDir static Path folder;

  private static Certificates ours;
  private static Certificates theirs;

  @BeforeAll
  static void makeCertificates() throws IOException, InterruptedException {
    ours = Certificates.make(Files.createDirectory(folder.resolve("ours")));
    theirs = Certificates.make(Files.createDirectory(folder.resolve("theirs")));
  }

  @Test
  void nodesWithCertificatesOfOneAuthorityTalk() throws IOException {
    try (NettyNode server = node("server", 11, ours.fromPem(true));
        NettyNode client = node("client", 12, ours.fromKeyStore())) {
      TestCall small = TestCall.say("secret");
      TestCall large = TestCall.large(500_000);
      client.transport().to(server.peer()).send(small);
      client.transport().to(server.peer()).send(large);
      awaitEnd(small, "reply secret");
      awaitEnd(large, "reply 500000 bytes");
      assertThat(Arrays.equals(large.reply(), large.message())).isTrue();
    }
  }

  @Test
  void aCallerOfAnotherAuthorityIsRefused() throws IOException {
    try (NettyNode server = node("server", 11, ours.fromPem(false));
        NettyNode client = node("client", 12, theirs.fromPem(false))) {
      refused(server, client);
    }
  }

  @Test
  void aCallerThatTrustsUsButShowsAnothersCertificateIsRefused() throws IOException {
    try (NettyNode server = node("server", 11, ours.fromPem(false));
        NettyNode client = node("client", 12, theirs.trusting(ours))) {
      refused(server, client);
      assertThat(server.served.calls()).isEmpty();
    }
  }

  @Test
  void aCallerWithoutTlsIsRefused() throws IOException {
    try (NettyNode server = node("server", 11, ours.fromPem(false));
        NettyNode client = new NettyNode("client", 12)) {
      refused(server, client);
    }
  }

  @Test
  void aCallerWithTlsDoesNotTalkToAServerWithout() throws IOException {
    try (NettyNode server = new NettyNode("server", 11);
        NettyNode client = node("client", 12, ours.fromPem(false))) {
      refused(server, client);
    }
  }

  @Test
  void aFileThatIsNoCertificateIsNamed() throws IOException {
    Path rubbish = Files.writeString(folder.resolve("rubbish.pem"), "no certificate");
    assertThatThrownBy(() -> LinkTls.fromPem(rubbish, rubbish, rubbish, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rubbish.pem");
  }

  @Test
  void aKeyStoreWithAnotherPasswordIsNamed() {
    assertThatThrownBy(
            () -> LinkTls.fromKeyStore(ours.keyStore(), "wrong", ours.keyStore(), "wrong", false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(ours.keyStore().toString());
  }

  private static void refused(NettyNode server, NettyNode client) {
    TestCall call = TestCall.say("let me in");
    client.transport().to(server.peer()).send(call);
    await().until(() -> !call.ends().isEmpty());
    assertThat(call.ends().get(0)).isEqualTo("NOT_CONNECTED not started");
  }

  private static NettyNode node(String name, long incarnation, LinkTls tls) {
    return new NettyNode(name, incarnation, s -> s.withTls(tls), MembershipGate.open());
  }
}
