package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Bodies hold what would be a fault in a head, and the fault comes in the last head: it is found
 * where that begins only if the end of each request before is seen where it is.
 */
class FramingBoundariesTest {

  @Property(tries = 1500)
  void theFaultOfTheLastHeadIsFoundWhereThatBegins(
      @ForAll("requests") List<String> requests,
      @ForAll("faultyHeads") String faulty,
      @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 600) Integer> cuts) {
    String sound = String.join("", requests);
    FramingScan scan = new FramingScan();

    int whole = scanInPieces(scan, sound + faulty, new TreeSet<>(cuts));

    assertThat(scan.fault()).isNotNull();
    assertThat(scan.inBody()).isFalse();
    assertThat(whole).isEqualTo(sound.length());
  }

  @Property(tries = 500)
  void soundRequestsAreHandedOnToTheirEnd(
      @ForAll("requests") List<String> requests,
      @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 600) Integer> cuts) {
    String sound = String.join("", requests);
    FramingScan scan = new FramingScan();

    assertThat(scanInPieces(scan, sound, new TreeSet<>(cuts))).isEqualTo(sound.length());
    assertThat(scan.fault()).isNull();
  }

  /** How many bytes, from the first, were handed on. */
  private static int scanInPieces(FramingScan scan, String text, NavigableSet<Integer> cuts) {
    byte[] all = text.getBytes(StandardCharsets.ISO_8859_1);
    cuts.add(all.length);
    int handedOn = 0;
    int from = 0;
    for (int cut : cuts.headSet(all.length, true)) {
      int whole = scan.scan(ByteBuffer.wrap(all, from, cut - from).slice());
      handedOn = whole > 0 ? from + whole : handedOn;
      if (scan.fault() != null) {
        return handedOn;
      }
      from = cut;
    }
    return handedOn;
  }

  @Provide
  Arbitrary<List<String>> requests() {
    Arbitrary<String> bare = Arbitraries.of("GET / HTTP/1.1\r\n", "GET / HTTP/1.0\r\n", "X y\r\n");
    return Arbitraries.oneOf(
            headers().map(headers -> "GET /a?b=c HTTP/1.1\r\n" + headers + "\r\n"),
            Combinators.combine(bare, headers()).as((line, headers) -> line + headers + "\r\n"),
            Combinators.combine(headers(), headers(), body()).as(FramingBoundariesTest::fixed),
            Combinators.combine(headers(), chunks(), headers()).as(FramingBoundariesTest::chunked))
        .list()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> faultyHeads() {
    return Arbitraries.of(
        "GET / HTTP/1.1\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n",
        "PUT / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "PUT / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n",
        "PUT / HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\n",
        "PUT / HTTP/1.1\r\nContent-Length: 1" + " ".repeat(70) + "2\r\n\r\n",
        "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked" + " ".repeat(70) + ", x\r\n\r\n");
  }

  private static String fixed(String before, String after, String body) {
    return "POST / HTTP/1.1\r\n"
        + before
        + ("CONTENT-length: \t" + body.length() + " \r\n")
        + after
        + "\r\n"
        + body;
  }

  private static String chunked(String headers, List<String> chunks, String trailers) {
    return "PUT / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n"
        + headers
        + "\r\n"
        + String.join("", chunks)
        + "00\r\n"
        + trailers
        + "\r\n";
  }

  private static Arbitrary<String> headers() {
    return Arbitraries.of(
            "Host: a\r\n",
            "Upgrade: h2c\r\n",
            "Expect: 100-continue\r\n",
            "Content-Lengthy: 7\r\n",
            "Transfer: chunked\r\n",
            "C:\r\n",
            "X-Long: " + "z".repeat(90) + "\r\n")
        .list()
        .ofMaxSize(4)
        .map(lines -> String.join("", lines));
  }

  private static Arbitrary<List<String>> chunks() {
    Arbitrary<String> extension = Arbitraries.of("", ";a", ";a=b;c=\"d\"");
    return Combinators.combine(body().filter(text -> !text.isEmpty()), extension)
        .as((text, more) -> Integer.toHexString(text.length()) + more + "\r\n" + text + "\r\n")
        .list()
        .ofMaxSize(4);
  }

  private static Arbitrary<String> body() {
    return Arbitraries.of(
            "\n",
            "\r",
            "\r\n",
            "0\r\n\r\n",
            "GET / HTTP/1.1\nA: b\r\n c\r\n\r\n",
            "\0",
            "a",
            "\u00ff")
        .list()
        .ofMaxSize(5)
        .map(parts -> String.join("", parts));
  }
}
