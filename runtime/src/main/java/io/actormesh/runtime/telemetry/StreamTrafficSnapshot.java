package io.actormesh.runtime.telemetry;

import java.util.Map;

/**
 * The figures of the streams of a node's links in one direction.
 *
 * @param open streams that are open now
 * @param elements elements written or read
 * @param bytes the bytes of those elements
 * @param ends streams that are over: COMPLETED, or the name of the fault
 */
public record StreamTrafficSnapshot(long open, long elements, long bytes, Map<String, Long> ends) {

  public StreamTrafficSnapshot {
    ends = Map.copyOf(ends);
  }
}
