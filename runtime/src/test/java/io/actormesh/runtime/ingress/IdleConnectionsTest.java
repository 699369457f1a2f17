package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Connections that nobody uses: how many may be, what each costs, and who goes first. */
class IdleConnectionsTest {

  private static final String GET = "GET /orders/1 HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int MANY = 10_000;

  @Test
  void tenThousandIdleConnectionsHinderNobody(TestReporter reporter) throws Exception {
    assumeTrue(fileDescriptors() >= MANY + 1500, "needs ulimit -n " + (MANY + 1500));
    try (IngressFixture door = new IngressFixture(holding(16_384))) {
      door.gateway.replies(new Shop.Order(1, List.of()));
      assertThat(door.send(door.request("GET", "/orders/1")).statusCode()).isEqualTo(200);
      long before = heap();
      Process crowd = crowd(door.ingress.port());
      try {
        awaitReady(crowd);
        long each = (heap() - before) / MANY;
        reporter.publishEntry("bytes of heap per idle connection", Long.toString(each));

        assertThat(each).isLessThan(64 * 1024);
        assertThat(door.ingress.connections()).isGreaterThanOrEqualTo(MANY);
        for (int i = 0; i < 200; i++) {
          assertThat(door.send(door.request("GET", "/orders/1")).statusCode()).isEqualTo(200);
        }
        assertThat(door.ingress.connections()).isGreaterThanOrEqualTo(MANY);
      } finally {
        crowd.destroyForcibly().waitFor(20, SECONDS);
      }
      await().atMost(LONG).until(() -> door.ingress.connections() <= 1);
    }
  }

  @Test
  void atTheLimitThoseGoThatHaveBeenIdleLongest() throws Exception {
    List<RawHttp> connections = new ArrayList<>();
    try (IngressFixture door = new IngressFixture(holding(20))) {
      door.gateway.replies(new Shop.Order(1, List.of()));
      for (int i = 0; i < 20; i++) {
        connections.add(new RawHttp(door.ingress.port()));
        assertThat(connections.get(i).send(GET).response()).startsWith("HTTP/1.1 200 ");
      }
      // The first is no more the one that has been idle longest.
      assertThat(connections.get(0).send(GET).response()).startsWith("HTTP/1.1 200 ");

      try (RawHttp late = new RawHttp(door.ingress.port())) {
        assertThat(late.send(GET).response()).startsWith("HTTP/1.1 200 ");
      }
      assertThat(connections.get(1).everything()).isIn("", "(reset)");
      for (int i : new int[] {0, 2, 19}) {
        assertThat(connections.get(i).send(GET).response()).startsWith("HTTP/1.1 200 ");
      }
    } finally {
      for (RawHttp one : connections) {
        one.close();
      }
    }
  }

  @Test
  void tooFewFileDescriptorsAreSaidWithWhatToDo() {
    assertThat(FileDescriptors.shortage(16_384, 1 << 20)).isEmpty();
    assertThat(FileDescriptors.shortage(16_384, 4096).orElseThrow())
        .contains("4096", "max-connections = 16384", "ulimit -n", "16896");
  }

  private static long fileDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  private static long heap() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static Process crowd(int port) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Path.of(IdleCrowd.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString(),
            IdleCrowd.class.getName(),
            Integer.toString(port),
            Integer.toString(MANY))
        .redirectError(Redirect.INHERIT)
        .start();
  }

  private static void awaitReady(Process crowd) throws IOException {
    try (var out =
        new BufferedReader(new InputStreamReader(crowd.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo(IdleCrowd.READY);
    }
  }

  private static IngressSettings holding(int maxConnections) {
    IngressSettings s = IngressFixture.settings(true);
    return new IngressSettings(
        s.host(),
        s.port(),
        s.maxInFlight(),
        s.maxBody(),
        Duration.ofMinutes(2),
        s.bodyTimeout(),
        s.maxDeadline(),
        s.acceptPriority(),
        s.http2(),
        maxConnections,
        s.minReadRate(),
        s.requestTimeout(),
        Duration.ofMinutes(2),
        s.quietPeriod(),
        s.patience(),
        s.stream(),
        s.security(),
        s.api(),
        s.tls());
  }
}
