package io.actormesh.benchmarks.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Requests at a constant rate over a few connections that are kept. A latency counts from when the
 * request was due, so that one that waits makes those behind it late, too.
 */
final class NormalLoad {

  static final int CONNECTIONS = 16;
  static final int PER_SECOND = 400;

  private final int port;
  private final ConcurrentHistogram nanos =
      new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
  private final LongAdder failed = new LongAdder();

  private NormalLoad(int port) {
    this.port = port;
  }

  /** What came of it. */
  record Result(Histogram nanos, long failed) {
    double millis(double percentile) {
      return nanos.getValueAtPercentile(percentile) / 1e6;
    }
  }

  static Result run(int port, double seconds) throws InterruptedException {
    NormalLoad load = new NormalLoad(port);
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      long first = begin + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
      Thread client = new Thread(() -> load.send(first, end), "normal-" + i);
      client.start();
      clients.add(client);
    }
    for (Thread client : clients) {
      client.join();
    }
    return new Result(load.nanos, load.failed.sum());
  }

  private void send(long first, long end) {
    long interval = TimeUnit.SECONDS.toNanos(CONNECTIONS) / PER_SECOND;
    Connection connection = null;
    try {
      for (long due = first; due - end < 0; due += interval) {
        for (long left; (left = due - System.nanoTime()) > 0; ) {
          LockSupport.parkNanos(left);
        }
        try {
          connection = connection == null ? Connection.patient(port) : connection;
          connection.send(Requests.ECHO);
          int status = connection.status();
          if (status != 200) {
            throw new IOException("status " + status);
          }
          nanos.recordValue(System.nanoTime() - due);
        } catch (IOException e) {
          failed.increment();
          Connection.close(connection);
          connection = null;
        }
      }
    } finally {
      Connection.close(connection);
    }
  }
}
