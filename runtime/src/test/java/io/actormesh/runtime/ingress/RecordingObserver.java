package io.actormesh.runtime.ingress;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told, as {@code route status}. */
final class RecordingObserver implements IngressObserver {

  final List<String> ended = new CopyOnWriteArrayList<>();
  final List<String> begun = new CopyOnWriteArrayList<>();

  final List<String> rejected = new CopyOnWriteArrayList<>();

  @Override
  public void rejected(String reason) {
    rejected.add(reason);
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
    };
  }
}
