package io.actormesh.runtime.ingress;

import io.actormesh.runtime.ingress.IngressObserver.RouteObserver;
import io.actormesh.runtime.telemetry.StreamEnd;

/** Counts as usual, and tells the request's record of its streams. */
record RecordedRoute(RouteObserver counted, RequestRecord record) implements RouteObserver {

  @Override
  public void begin() {
    counted.begin();
  }

  @Override
  public void end(int status, long nanos) {
    counted.end(status, nanos);
  }

  @Override
  public void streamBegin() {
    counted.streamBegin();
    record.streamBegan();
  }

  @Override
  public void streamElements(long sent, long received) {
    counted.streamElements(sent, received);
    record.streamed(sent, received);
  }

  @Override
  public void streamBytes(long sent) {
    counted.streamBytes(sent);
    record.streamedBytes(sent);
  }

  @Override
  public void streamEnd(StreamEnd how) {
    counted.streamEnd(how);
    record.streamEnded(how);
  }
}
