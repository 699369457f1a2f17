package io.actormesh.runtime.policy;

/** The published policies: read on the request path, swapped from beside it. Thread-safe. */
public interface Policies {

  /**
   * The holder of a service's present policy. Keep the holder, read it per call: {@link
   * PublishedPolicy#current()} is one volatile read.
   */
  PublishedPolicy of(String service);
}
