package io.actormesh.runtime.telemetry;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Arrays;

/** Collects the samples of one metric while a scrape is rendered. */
interface MetricFamily {

  MetricSnapshot snapshot();

  /** A sum that only grows; exported with {@code _total} at the end of its name. */
  final class Counter implements MetricFamily {
    private final CounterSnapshot.Builder builder;

    Counter(String name, String help) {
      builder = CounterSnapshot.builder().name(name).help(help);
    }

    void add(Labels labels, long value) {
      builder.dataPoint(
          CounterSnapshot.CounterDataPointSnapshot.builder()
              .labels(labels)
              .value((double) value)
              .build());
    }

    @Override
    public MetricSnapshot snapshot() {
      return builder.build();
    }
  }

  /** A value that goes up and down. */
  final class Gauge implements MetricFamily {
    private final GaugeSnapshot.Builder builder;

    Gauge(String name, String help) {
      builder = GaugeSnapshot.builder().name(name).help(help);
    }

    void add(Labels labels, long value) {
      add(labels, (double) value);
    }

    void add(Labels labels, double value) {
      builder.dataPoint(
          GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
    }

    @Override
    public MetricSnapshot snapshot() {
      return builder.build();
    }
  }

  /**
   * A histogram of seconds: one bucket per doubling, from 64 µs to 16.8 s, and one for the rest.
   */
  final class Histogram implements MetricFamily {
    private static final long[] BOUNDS_MICROS = boundsMicros();
    private static final double[] BOUNDS_SECONDS = boundsSeconds();

    private final HistogramSnapshot.Builder builder;

    Histogram(String name, String help) {
      builder = HistogramSnapshot.builder().name(name).help(help);
    }

    void add(Labels labels, LatencyDistribution distribution, long sumNanos) {
      ClassicHistogramBuckets buckets =
          ClassicHistogramBuckets.of(BOUNDS_SECONDS, distribution.coarser(BOUNDS_MICROS));
      builder.dataPoint(
          HistogramSnapshot.HistogramDataPointSnapshot.builder()
              .labels(labels)
              .classicHistogramBuckets(buckets)
              .sum(sumNanos / 1e9)
              .build());
    }

    @Override
    public MetricSnapshot snapshot() {
      return builder.build();
    }

    private static long[] boundsMicros() {
      long[] bounds = new long[19];
      Arrays.setAll(bounds, doubling -> 64L << doubling);
      return bounds;
    }

    private static double[] boundsSeconds() {
      double[] bounds = new double[BOUNDS_MICROS.length + 1];
      Arrays.setAll(
          bounds,
          i -> i < BOUNDS_MICROS.length ? BOUNDS_MICROS[i] / 1e6 : Double.POSITIVE_INFINITY);
      return bounds;
    }
  }
}
