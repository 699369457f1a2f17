package io.actormesh.runtime.host;

import io.actormesh.throttle.FixedLimit;
import io.actormesh.throttle.Limiter;

/**
 * How many calls an instance may have started and not answered. Follows the policy: when the bound
 * changes, calls give their permit back to the limiter they have it from, so the change is gradual.
 */
final class Permits {

  private final ServiceFrame service;
  private volatile Limiter limiter;
  private volatile boolean changed;

  Permits(ServiceFrame service) {
    this.service = service;
    this.limiter = new FixedLimit(service.policy().throttle().instanceInFlight());
  }

  /** The limiter of the policy in force. The instance's thread alone. */
  Limiter current() {
    int bound = service.policy().throttle().instanceInFlight();
    if (limiter.limit() != bound) {
      changed = true;
      limiter = new FixedLimit(bound);
    }
    return limiter;
  }

  int inFlight() {
    return limiter.inFlight();
  }

  /** How many more calls may be started now. */
  int free() {
    Limiter present = limiter;
    return present.limit() - present.inFlight();
  }

  /** Whether surely nothing is started; unknown for ever once the bound has changed. */
  boolean surelyNoneTaken() {
    return !changed && limiter.inFlight() == 0;
  }
}
