package io.actormesh.runtime.client;

import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.link.StreamFault;
import io.actormesh.runtime.stream.StreamFailures;
import io.actormesh.runtime.stream.StreamObserver;
import io.actormesh.runtime.telemetry.EdgeStats;
import org.jspecify.annotations.Nullable;

/** Counts the stream of a reply at its edge, from when it is run. */
record EdgeStream(EdgeStats edge) implements StreamObserver {

  @Override
  public void started() {
    edge.streamOpened();
  }

  @Override
  public void element() {
    edge.streamElement();
  }

  @Override
  public void ended(@Nullable StreamFault fault) {
    edge.streamEnded(codeOf(fault));
  }

  private static @Nullable FailureCode codeOf(@Nullable StreamFault fault) {
    return fault == null ? null : StreamFailures.ofReply(fault);
  }
}
