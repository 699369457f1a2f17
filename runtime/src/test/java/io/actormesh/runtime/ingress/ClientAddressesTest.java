package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.config.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {

  private static final ClientAddresses ADDRESSES =
      new ClientAddresses(List.of("10.0.0.0/8", "fd00::/8", "127.0.0.1"));

  private static InetAddress ip(String text) {
    return Network.address(text).orElseThrow();
  }

  private static String client(String peer, String... headers) {
    HttpRequest request =
        HttpRequest.GET("/")
            .addAttribute(
                AttributeKeys.remoteAddress,
                RemoteAddress.create(new InetSocketAddress(ip(peer), 4711)));
    for (int i = 0; i < headers.length; i += 2) {
      request = request.addHeader(RawHeader.create(headers[i], headers[i + 1]));
    }
    return ADDRESSES.of(request).orElseThrow().getHostAddress();
  }

  @Test
  void theRightmostHopThatIsNoProxyIsTheClient() {
    String name = "X-Forwarded-For";
    assertThat(client("10.1.1.1", name, "6.6.6.6, 192.0.2.7, 10.2.2.2")).isEqualTo("192.0.2.7");
    assertThat(client("10.1.1.1", name, "192.0.2.7:5555")).isEqualTo("192.0.2.7");
    assertThat(client("10.1.1.1", name, "[2001:db8::7]:5555")).isEqualTo("2001:db8:0:0:0:0:0:7");
    assertThat(client("fd00::1", name, "2001:db8::7")).isEqualTo("2001:db8:0:0:0:0:0:7");
    assertThat(client("10.1.1.1", name, "192.0.2.7", name, "10.2.2.2")).isEqualTo("192.0.2.7");
    assertThat(client("10.1.1.1", name, "10.3.3.3, 10.2.2.2")).isEqualTo("10.3.3.3");
  }

  @Test
  void forwardedCountsBeforeTheOlderHeader() {
    String elements = "for=6.6.6.6, for=\"[2001:db8::7]:47\";proto=https;by=10.0.0.1, For=10.2.2.2";
    assertThat(client("10.1.1.1", "Forwarded", elements, "X-Forwarded-For", "7.7.7.7"))
        .isEqualTo("2001:db8:0:0:0:0:0:7");
  }

  @Test
  void whoIsNoProxyIsNotBelieved() {
    assertThat(client("192.0.2.1", "X-Forwarded-For", "7.7.7.7")).isEqualTo("192.0.2.1");
    assertThat(client("192.0.2.1", "Forwarded", "for=7.7.7.7")).isEqualTo("192.0.2.1");
  }

  @Test
  void garbageEndsWhatIsBelieved() {
    for (String garbage :
        List.of("unknown", "_hidden", "", "1.2.3", "999.1.1.1", "localhost", "]")) {
      assertThat(client("10.1.1.1", "X-Forwarded-For", "7.7.7.7, " + garbage + ", 10.2.2.2"))
          .isEqualTo("10.2.2.2");
    }
  }

  @Property(tries = 300)
  void anyTextIsReadWithoutFailingAndAProxysNeighbourIsTheWorstCase(
      @ForAll @Size(max = 6) List<String> hops) {
    InetAddress peer = ip("10.1.1.1");
    assertThat(ADDRESSES.nearest(peer, hops)).isNotNull();
    assertThat(Hop.forwarded(String.join(",", hops))).isNotNull();
  }

  @Property(tries = 300)
  void nothingToTheLeftOfAClientChangesWhoItIs(@ForAll @Size(max = 5) List<String> madeUp) {
    List<String> hops = new java.util.ArrayList<>(madeUp);
    hops.add("192.0.2.7");
    hops.add("10.2.2.2");
    assertThat(ADDRESSES.nearest(ip("10.1.1.1"), hops)).isEqualTo(ip("192.0.2.7"));
    assertThat(ADDRESSES.nearest(ip("192.0.2.9"), hops)).isEqualTo(ip("192.0.2.9"));
  }

  @Test
  void networksCountBits() {
    assertThat(Network.parse("10.128.0.0/9").orElseThrow().contains(ip("10.200.1.1"))).isTrue();
    assertThat(Network.parse("10.128.0.0/9").orElseThrow().contains(ip("10.127.1.1"))).isFalse();
    assertThat(Network.parse("0.0.0.0/0").orElseThrow().contains(ip("10.127.1.1"))).isTrue();
    assertThat(Network.parse("0.0.0.0/0").orElseThrow().contains(ip("::1"))).isFalse();
    assertThat(Network.parse("::ffff:10.0.0.1").orElseThrow().contains(ip("10.0.0.1"))).isTrue();
    assertThat(List.of("10.0.0.0/33", "a/8", "10.0.0.0/", "/8", "host", "1.2.3/8"))
        .allMatch(text -> Network.parse(text).isEmpty());
  }
}
