package io.actormesh.runtime.policy;

/** One service's present policy: one writer, any number of readers. */
public final class PublishedPolicy {

  private volatile ServicePolicy current;

  /** Starts with the given policy. */
  public PublishedPolicy(ServicePolicy initial) {
    this.current = initial;
  }

  /** The policy in force now. */
  public ServicePolicy current() {
    return current;
  }

  /** Puts another policy in force; calls that have begun keep what they read. */
  public void publish(ServicePolicy next) {
    current = next;
  }
}
