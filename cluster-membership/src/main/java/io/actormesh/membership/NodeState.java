package io.actormesh.membership;

import com.fasterxml.jackson.annotation.JsonCreator;

/** What a node says about its own readiness. */
public enum NodeState {
  /** It is up, but not all of its services are there yet: send it nothing. */
  STARTING,
  /** It takes calls. */
  READY,
  /** It is on its way out: it finishes what it has and takes nothing new. */
  DRAINING;

  /** A word from a newer release reads as {@link #STARTING}: known to be there, never chosen. */
  @JsonCreator
  static NodeState read(String word) {
    for (NodeState state : values()) {
      if (state.name().equals(word)) {
        return state;
      }
    }
    return STARTING;
  }
}
