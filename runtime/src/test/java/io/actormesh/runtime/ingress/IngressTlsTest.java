package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.telemetry.CertificateFigures;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngressTlsTest {

  private static final String GET = "GET /orders/1 HTTP/1.1\r\nHost: a\r\n\r\n";

  @TempDir private static Path folder;
  private static OpenSsl openssl;
  private static SSLContext trusting;

  private IngressFixture door;

  @BeforeAll
  static void make() throws Exception {
    openssl = OpenSsl.in(folder);
    openssl.chain("first");
    openssl.selfSigned("second", "-newkey rsa:2048");
    trusting = trust("root.pem", "second.pem");
  }

  @BeforeEach
  void open() throws Exception {
    use("first");
    door = new IngressFixture(settings());
    door.gateway.replies(new Shop.Order(1, List.of()));
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void alpnChoosesHttp2OrHttp1() throws Exception {
    try (SSLSocket h2 = connect("TLSv1.3", "h2", "http/1.1");
        SSLSocket http1 = connect("TLSv1.3", "http/1.1");
        SSLSocket none = connect("TLSv1.2")) {
      assertThat(List.of(h2.getApplicationProtocol(), http1.getApplicationProtocol()))
          .containsExactly("h2", "http/1.1");
      assertThat(none.getSession().getProtocol()).isEqualTo("TLSv1.2");
      assertThat(none.getSession().getCipherSuite()).startsWith("TLS_ECDHE_").contains("GCM");
      RawHttp2 frames = new RawHttp2(h2);
      frames.write(RawHttp2.PREFACE);
      frames.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
      frames.get("/orders/1");
      assertThat(frames.read(RawHttp2.HEADERS).isOk()).isTrue();
      for (SSLSocket plain : List.of(http1, none)) {
        assertThat(new RawHttp(plain).send(GET).response()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void theChainIsSentWithItsIntermediateCertificate() throws Exception {
    try (SSLSocket connection = connect("TLSv1.3", "http/1.1")) {
      assertThat(connection.getSession().getPeerCertificates()).hasSize(2);
    }
  }

  @Test
  void oldProtocolsAndUnknownApplicationProtocolsAreRefused() {
    assertThatThrownBy(() -> connect("TLSv1.1", "http/1.1").close())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> connect("TLSv1.3", "spdy/3").close()).isInstanceOf(SSLException.class);
  }

  @Test
  void aNewCertificateIsForNewConnectionsAndOldOnesGoOn() throws Exception {
    try (SSLSocket before = connect("TLSv1.3", "http/1.1")) {
      RawHttp old = new RawHttp(before);
      assertThat(old.send(GET).response()).startsWith("HTTP/1.1 200 ");
      use("second");
      await().atMost(Duration.ofSeconds(20)).until(() -> figures().reloads() == 1);
      try (SSLSocket after = connect("TLSv1.3", "http/1.1")) {
        assertThat(subject(before)).isEqualTo("CN=first");
        assertThat(subject(after)).isEqualTo("CN=second");
        assertThat(old.send(GET).response()).startsWith("HTTP/1.1 200 ");
        assertThat(new RawHttp(after).send(GET).response()).startsWith("HTTP/1.1 200 ");
      }
      assertThat(figures().stale()).isFalse();
    }
  }

  @Test
  void aFileThatCannotBeUsedLeavesTheCertificateBeforeAndIsShown() throws Exception {
    Files.writeString(openssl.file("door.pem"), "half a file");
    await().atMost(Duration.ofSeconds(20)).until(() -> figures().stale());
    await().atMost(Duration.ofSeconds(20)).until(() -> !door.ingress.warnings().isEmpty());
    assertThat(door.ingress.warnings().get(0)).contains("stays in use, because the file ");
    try (SSLSocket connection = connect("TLSv1.3", "http/1.1")) {
      assertThat(subject(connection)).isEqualTo("CN=first");
    }
    use("second");
    await().atMost(Duration.ofSeconds(20)).until(() -> !figures().stale());
    assertThat(figures().reloads()).isEqualTo(1);
    assertThat(door.ingress.warnings()).isEmpty();
  }

  @Test
  void aCertificateNearItsEndIsAWarning() {
    TlsSettings files = settings().tls().orElseThrow();
    TlsSettings early =
        new TlsSettings(
            files.certificate(), files.key(), files.reloadInterval(), Duration.ofHours(2));
    Instant hourBefore = figures().expiry().minus(Duration.ofHours(1));
    assertThat(DoorTls.load(early, true, InstantSource.system()).warnings()).isEmpty();
    assertThat(DoorTls.load(early, true, InstantSource.fixed(hourBefore)).warnings())
        .containsExactly(
            "The certificate " + files.certificate() + " expires at " + figures().expiry() + ".");
  }

  @Test
  void framesThatMayNotBeEndTheConnectionHereToo() throws Exception {
    try (SSLSocket socket = connect("TLSv1.3", "h2")) {
      RawHttp2 connection = new RawHttp2(socket);
      connection.write(RawHttp2.PREFACE);
      connection.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
      int taken = connection.get("/orders/1");
      assertThat(connection.read(RawHttp2.HEADERS).isOk()).isTrue();
      connection.frame(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[3]);

      RawHttp2.Frame farewell = connection.read(RawHttp2.GO_AWAY);
      assertThat(farewell.lastStream()).isEqualTo(taken);
      assertThat(farewell.error()).isEqualTo(FrameFault.FRAME_SIZE.error());
      assertThatThrownBy(connection::read).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void clientsOfHttp2AreToldToGoAndLoseNothing() throws Exception {
    try (SSLSocket socket = connect("TLSv1.3", "h2")) {
      RawHttp2 connection = new RawHttp2(socket);
      connection.write(RawHttp2.PREFACE);
      connection.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
      connection.get("/orders/1");
      assertThat(connection.read(RawHttp2.HEADERS).isOk()).isTrue();
      var stopped = door.ingress.stop().toCompletableFuture();
      assertThat(connection.read(RawHttp2.GO_AWAY).lastStream()).isEqualTo(Integer.MAX_VALUE);
      int late = connection.get("/orders/1");
      assertThat(connection.read(RawHttp2.HEADERS).isOk()).isTrue();
      assertThat(connection.read(RawHttp2.GO_AWAY).lastStream()).isEqualTo(late);
      stopped.get(20, SECONDS);
    }
  }

  @Test
  void cleartextOnTheTlsPortIsClosed() throws Exception {
    try (RawHttp connection = new RawHttp(door.ingress.port())) {
      assertThatThrownBy(() -> connection.send(GET).response()).isInstanceOf(IOException.class);
    }
    try (SSLSocket connection = connect("TLSv1.3", "http/1.1")) {
      assertThat(new RawHttp(connection).send(GET).response()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void tlsOnACleartextPortIsClosed() throws Exception {
    try (IngressFixture plain = new IngressFixture(IngressFixture.settings(true))) {
      assertThatThrownBy(() -> connect(plain.ingress.port(), "TLSv1.3", "h2").close())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aDoorDoesNotOpenWithAnUnusableFile() throws Exception {
    Files.writeString(openssl.file("door.key"), "");
    assertThatThrownBy(
            () -> Ingress.start(door.system, settings(), List.of(Shop.EXPOSED), door.wiring))
        .hasMessageContaining("actormesh.ingress.tls.key-file: the file ")
        .hasMessageContaining("holds no private key");
  }

  @Test
  void webSocketsAreServedOverTlsLikeAnyRequest() throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
    try (IngressFixture feeds = new IngressFixture(settings(), Feed.EXPOSED)) {
      feeds.gateway.replies(Source.single(Feed.Tick.of(1)));
      WebSocketClient socket = WebSocketClient.secure(client, feeds, "/feeds/a");
      assertThat(socket.next()).isEqualTo("{\"number\":1,\"text\":\"t1\"}");
      assertThat(socket.close()).isEqualTo(1000);
    }
  }

  private CertificateFigures figures() {
    return door.observer.certificate.get();
  }

  private SSLSocket connect(String protocol, String... alpn) throws IOException {
    return connect(door.ingress.port(), protocol, alpn);
  }

  private static SSLSocket connect(int port, String protocol, String... alpn) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    SSLSocket tls =
        (SSLSocket) trusting.getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
    tls.setSoTimeout(20_000);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(new String[] {protocol});
    parameters.setApplicationProtocols(alpn);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  private static String subject(SSLSocket connection) throws IOException {
    return ((X509Certificate) connection.getSession().getPeerCertificates()[0])
        .getSubjectX500Principal()
        .getName();
  }

  /** Replaces both files, one after the other, as renewals do. */
  private static void use(String name) throws IOException {
    for (String kind : List.of(".key", ".pem")) {
      Path next = openssl.file("next" + kind);
      Files.copy(openssl.file(name + kind), next, StandardCopyOption.REPLACE_EXISTING);
      Files.move(
          next,
          openssl.file("door" + kind),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static IngressSettings settings() {
    return IngressFixture.withTls(
        new TlsSettings(
            openssl.file("door.pem"),
            openssl.file("door.key"),
            Duration.ofMillis(100),
            Duration.ofDays(14)));
  }

  private static SSLContext trust(String... files) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (String file : files) {
      try (var in = Files.newInputStream(openssl.file(file))) {
        store.setCertificateEntry(
            file, CertificateFactory.getInstance("X.509").generateCertificate(in));
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
