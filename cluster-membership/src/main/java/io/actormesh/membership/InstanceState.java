package io.actormesh.membership;

import com.fasterxml.jackson.annotation.JsonCreator;

/** State of one instance of a service. An instance that is gone is absent from its entry. */
public enum InstanceState {
  /** It takes calls. */
  READY,
  /** It is draining: it still serves the calls that it has, and takes no new ones. */
  SERVING;

  /** A word from a newer release reads as {@link #SERVING}: known to be there, never chosen. */
  @JsonCreator
  static InstanceState read(String word) {
    return READY.name().equals(word) ? READY : SERVING;
  }
}
