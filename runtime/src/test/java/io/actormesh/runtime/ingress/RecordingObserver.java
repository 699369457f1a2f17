package io.actormesh.runtime.ingress;

import io.actormesh.runtime.telemetry.CertificateFigures;
import io.actormesh.runtime.telemetry.StreamEnd;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Remembers what it was told, as {@code route status}. */
final class RecordingObserver implements IngressObserver {

  final List<String> ended = new CopyOnWriteArrayList<>();
  final List<String> begun = new CopyOnWriteArrayList<>();
  final List<String> streamsBegun = new CopyOnWriteArrayList<>();
  final List<String> streamsEnded = new CopyOnWriteArrayList<>();
  final AtomicLong sent = new AtomicLong();
  final AtomicLong received = new AtomicLong();

  final List<String> rejected = new CopyOnWriteArrayList<>();

  @Override
  public void rejected(String reason) {
    rejected.add(reason);
  }

  final List<String> cut = new CopyOnWriteArrayList<>();

  @Override
  public void connectionCut(String reason) {
    cut.add(reason);
  }

  volatile Supplier<CertificateFigures> certificate =
      () -> {
        throw new IllegalStateException("no TLS");
      };

  @Override
  public void certificate(Supplier<CertificateFigures> source) {
    certificate = source;
  }

  @Override
  public RouteObserver route(String route) {
    return new RouteObserver() {
      @Override
      public void begin() {
        begun.add(route);
      }

      @Override
      public void end(int status, long nanos) {
        ended.add(route + " " + status);
      }

      @Override
      public void streamBegin() {
        streamsBegun.add(route);
      }

      @Override
      public void streamElements(long out, long in) {
        sent.addAndGet(out);
        received.addAndGet(in);
      }

      @Override
      public void streamEnd(StreamEnd how) {
        streamsEnded.add(route + " " + how.label());
      }
    };
  }
}
