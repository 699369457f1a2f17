package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingScanTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String FIXED =
      "\r\nPOST / HTTP/1.1\r\nContent-length:\t5 \r\nHost: a\r\n\r\na\nb\r\n";
  private static final String CHUNKS = "5;a=b\r\na\nb\r\n\r\n00A\r\n0123456789\r\n0\r\n";
  private static final String CHUNKED =
      ("POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n" + CHUNKS)
          + "X: y\r\nContent-Length: 1\r\n\r\n";

  @Test
  void requestsPassWhereverTheyAreDivided() {
    String requests = GET + FIXED + CHUNKED + GET;
    for (int i = 0; i <= requests.length(); i++) {
      FramingScan scan = new FramingScan();
      scan(scan, requests.substring(0, i));

      assertThat(scan(scan, requests.substring(i))).isEqualTo(requests.length() - i);
      assertThat(scan.fault()).isNull();
    }
  }

  @Test
  void theFaultOfALaterRequestIsFoundWhereverItIsDivided() {
    String all = FIXED + CHUNKED + "GET / HTTP/1.1\r\nX: y\r\n z\r\n\r\n";
    for (int i = 0; i <= all.length(); i++) {
      FramingScan scan = new FramingScan();
      scan(scan, all.substring(0, i));
      scan(scan, all.substring(i));

      assertThat(scan.fault()).isEqualTo(FramingFault.FOLDED);
      assertThat(scan.inBody()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a:b", "*", "http://a/", "HTTPS://a/", "ws://a", "wss:x", "?a:b"})
  void aTargetOfAKnownSchemeOrNonePasses(String target) {
    FramingScan scan = new FramingScan();
    scan(scan, FIXED + "GET " + target + " HTTP/1.1\r\n\r\n");

    assertThat(scan.fault()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a/", "httpx:", "httpsx1:", "h+t.p-:", "a:80", "http2://a"})
  void aTargetOfAnotherSchemeIsRefusedWhereverItIsDivided(String target) {
    String all = FIXED + "GET " + target + " HTTP/1.1\r\n\r\n";
    for (int i = 0; i <= all.length(); i++) {
      FramingScan scan = new FramingScan();
      scan(scan, all.substring(0, i));
      scan(scan, all.substring(i));

      assertThat(scan.fault()).isEqualTo(FramingFault.SCHEME);
    }
  }

  @Test
  void aHeadIsHeldUntilItIsWhole() {
    FramingScan scan = new FramingScan();

    assertThat(scan(scan, GET + "GET / HT")).isEqualTo(GET.length());
    assertThat(scan(scan, "TP/1.1\r\nA: b\r\n\r")).isZero();
    assertThat(scan(scan, "\n")).isEqualTo(1);
  }

  @Test
  void whatComesAfterAChangeOfProtocolsIsNotLookedAt() {
    FramingScan http2 = new FramingScan();
    FramingScan webSocket = new FramingScan();

    scan(http2, GET + "PRI * HTTP/2.0\r\n");
    scan(webSocket, GET);

    assertThat(scan(http2, "\r\nSM\r\n\r\n\0\n\n\n")).isEqualTo(12);
    assertThat(scan(webSocket, "\u0081\n\n\n")).isEqualTo(4);
  }

  @CanIgnoreReturnValue
  private static int scan(FramingScan scan, String bytes) {
    return scan.scan(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
