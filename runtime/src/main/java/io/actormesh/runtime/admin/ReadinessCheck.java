package io.actormesh.runtime.admin;

import java.util.Optional;

/**
 * One condition for a node to be ready. Asked with every probe of {@code /health/ready}, on a
 * thread that may block, but to be answered within a second: later counts as failing, and so does
 * an exception. Is not asked again while an earlier answer is still due.
 */
@FunctionalInterface
public interface ReadinessCheck {

  /** Why the node is not ready, in a sentence, or nothing if it is as far as this check goes. */
  Optional<String> failing();
}
