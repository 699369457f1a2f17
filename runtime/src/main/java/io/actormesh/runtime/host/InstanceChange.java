package io.actormesh.runtime.host;

/**
 * What happened to an instance, as the registry should show it.
 *
 * @param service the service's name
 * @param schema the service's schema, as its contract gives it
 * @param instance the instance's number on this node, from 0
 * @param state what it is now
 */
public record InstanceChange(String service, String schema, int instance, State state) {

  /** What callers may do with the instance. */
  public enum State {
    /** It takes calls. */
    READY,
    /** It finishes what it has and takes nothing new. */
    DRAINING,
    /** It failed, stopped or was withdrawn. A failed one becomes {@link #READY} again. */
    GONE
  }
}
