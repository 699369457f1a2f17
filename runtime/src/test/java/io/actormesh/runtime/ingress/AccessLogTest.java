package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.config.NodeSettings;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.OutputStats;
import io.actormesh.runtime.telemetry.TelemetrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2031-02-03T04:05:06.007Z");

  @TempDir Path folder;

  private final OutputStats stats =
      new CallMetrics(Ticker.system(), TelemetrySettings.DEFAULTS).output("access-log");

  @Test
  void everyOutcomeOfTheDoorIsOneLine() throws Exception {
    AccessLog log = AccessLog.start(settings(1, 1 << 20, 2), new Random(1), stats);
    RequestRecords records =
        RequestRecords.of(log, null, InstantSource.fixed(NOW), Ticker.system());
    try (IngressFixture door =
        new IngressFixture(IngressFixture.settings(), Shop.EXPOSED, records)) {
      int ok = door.send(door.post("/shop/place?secret=hidden", "{}")).statusCode();
      int unknown = door.send(door.request("GET", "/nowhere/%22x")).statusCode();
      int method = door.send(door.request("DELETE", "/shop/order")).statusCode();
      int large = door.send(door.post("/shop/order", "x".repeat(2000))).statusCode();
      List<JsonNode> lines = lines(log, 4);
      assertThat(lines)
          .extracting(line -> line.get("status").asInt())
          .containsExactly(ok, unknown, method, large);
      assertThat(lines).extracting(line -> line.get("time").asText()).containsOnly(NOW.toString());
      assertThat(lines).extracting(line -> line.get("client").asText()).containsOnly("127.0.0.1");
      assertThat(lines).extracting(line -> line.get("request_id").asText()).containsOnly("r1");
      assertThat(lines.get(0).get("query").asText()).isEqualTo("secret");
      assertThat(lines.toString()).doesNotContain("hidden");
      assertThat(lines.get(1).get("outcome").asText()).isEqualTo("MESH-NOT-FOUND");
      assertThat(lines.get(1).get("total_ms").decimalValue().scale()).isLessThanOrEqualTo(3);
    }
    assertThat(log.close(Duration.ofSeconds(10)).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isNull();
  }

  @Test
  void aRequestWhoseEndIsInDoubtIsLoggedAndCounted() throws Exception {
    AccessLog log = AccessLog.start(settings(1, 1 << 20, 2), new Random(1), stats);
    RequestRecords records =
        RequestRecords.of(log, null, InstantSource.fixed(NOW), Ticker.system());
    try (IngressFixture door =
            new IngressFixture(IngressFixture.settings(), Shop.EXPOSED, records);
        RawHttp client = new RawHttp(door.ingress.port())) {
      client.send("GET / HTTP/1.1\r\nHost: a\n\r\n");

      assertThat(client.everything()).startsWith("HTTP/1.1 400 ").contains("onnection: close");
      JsonNode line = lines(log, 1).get(0);
      assertThat(line.get("outcome").asText()).isEqualTo("MESH-BAD-REQUEST");
      assertThat(line.get("client").asText()).isEqualTo("127.0.0.1");
      assertThat(door.observer.rejected).containsExactly("framing");
      assertThat(door.observer.ended).containsExactly("(no route) 400");
    }
    assertThat(log.close(Duration.ofSeconds(10)).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isNull();
  }

  @Test
  void onlyTheSampleOfOrdinaryRequestsIsWanted() {
    AccessLog log = AccessLog.start(settings(0, 1 << 20, 2), new Random(1), stats);
    assertThat(log.wants(false, 1_000_000)).isFalse();
    assertThat(log.wants(true, 1_000_000)).isTrue();
    assertThat(log.wants(false, 1_000_000_000)).isTrue();
    var unused = log.close(Duration.ZERO);
  }

  @Test
  void aFileThatHasGrownMakesRoomForAnother() throws IOException {
    Path file = folder.resolve("rotating.log");
    try (RotatingFile rotating = new RotatingFile(file, 10, 3)) {
      for (String line : List.of("aaaaaaa", "bbbbbbb", "ccccccc", "ddddddd")) {
        rotating.write(List.of(line));
      }
    }
    assertThat(file).hasContent("ddddddd");
    assertThat(folder.resolve("rotating.log.1")).hasContent("ccccccc");
    assertThat(folder.resolve("rotating.log.2")).hasContent("bbbbbbb");
    assertThat(folder.resolve("rotating.log.3")).doesNotExist();
  }

  @Property(tries = 500)
  void whateverAClientSendsIsOneLineOfJson(
      @ForAll String path, @ForAll String agent, @ForAll String detail) throws IOException {
    AccessRecord record =
        new AccessRecord(
            0,
            "r",
            "t",
            new AccessRecord.Head("c", null, agent, "HTTP/1.1", "GET", path, null, null),
            200,
            "OK",
            List.of(),
            detail,
            null,
            new AccessRecord.Called(null, null, null, null, -1),
            new AccessRecord.Times(1, -1, -1, -1),
            -1,
            -1,
            null);
    String line = AccessLine.of(record);
    assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 128);
    JsonNode read = JSON.readTree(line);
    String expected = path.length() <= 2048 ? path : path.substring(0, 2048) + "…";
    assertThat(read.get("path").textValue()).isEqualTo(expected);
    assertThat(read.get("total_ms").decimalValue().toPlainString()).isEqualTo("0.001");
  }

  private NodeSettings.AccessLog settings(double sample, long maxBytes, int files) {
    return new NodeSettings.AccessLog(
        true,
        sample,
        true,
        Duration.ofSeconds(1),
        false,
        Optional.of(folder.resolve("access.log")),
        maxBytes,
        files,
        100);
  }

  private List<JsonNode> lines(AccessLog log, int expected) throws Exception {
    log.flush(Duration.ofSeconds(10)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    List<String> lines = Files.readAllLines(folder.resolve("access.log"));
    assertThat(lines).hasSize(expected);
    return lines.stream().map(AccessLogTest::read).toList();
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
