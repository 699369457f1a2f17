package io.actormesh.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusTest {

  private final CallMetrics metrics = SampleMetrics.create(new ManualTicker());

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void callsAreToldByOutcome() {
    assertThat(lines())
        .contains(
            "mesh_calls_total{caller=\"cart\",endpoint=\"n1/0\",operation=\"reserve\",outcome=\"OK\",service=\"stock\"} 1.0",
            "mesh_calls_total{caller=\"cart\",endpoint=\"n1/0\",operation=\"reserve\",outcome=\"MESH-DEADLINE\",service=\"stock\"} 1.0",
            "mesh_calls_in_flight{caller=\"cart\",endpoint=\"n1/0\",operation=\"reserve\",service=\"stock\"} 1.0");
  }

  @Test
  void theHistogramsBucketsAreCumulativeAndTheirBoundsInclusive() {
    String labels =
        "{caller=\"cart\",endpoint=\"n1/0\",operation=\"reserve\",service=\"stock\",le=\"";
    String name = "mesh_call_duration_seconds_bucket";
    assertThat(lines())
        .contains(
            name + labels + "5.12E-4\"} 0",
            name + labels + "0.001024\"} 1",
            name + labels + "16.777216\"} 2",
            name + labels + "+Inf\"} 2");
  }

  @Test
  void aLinkIsInOneOfItsStates() {
    assertThat(lines())
        .contains(
            "mesh_link_state{peer=\"n2\",state=\"UP\"} 1.0",
            "mesh_link_state{peer=\"n2\",state=\"CONNECTING\"} 0.0");
  }

  @Test
  void aScraperThatAsksForOpenMetricsGetsIt() {
    Exposition exposition =
        metrics.scrape("application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.3");
    assertThat(exposition.contentType()).startsWith("application/openmetrics-text");
    assertThat(exposition.text()).endsWith("# EOF\n");
  }

  @Test
  void promtoolFindsNothingToComplainAbout() throws Exception {
    assumeTrue(promtoolIsThere(), "promtool is not installed: the metrics are not linted");
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    promtool.getOutputStream().write(metrics.scrape("").text().getBytes(StandardCharsets.UTF_8));
    promtool.getOutputStream().close();
    String complaints =
        new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(complaints).isEmpty();
    assertThat(promtool.exitValue()).isZero();
  }

  private Iterable<String> lines() {
    return metrics.scrape("").text().lines().toList();
  }

  private static boolean promtoolIsThere() throws InterruptedException {
    try {
      Process version = new ProcessBuilder("promtool", "--version").start();
      return version.waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
