package io.actormesh.runtime.node;

import io.actormesh.runtime.SuppressForbidden;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The node's source of randomness: every thread draws from a generator of its own. */
@SuppressForbidden("the one place where randomness enters a node")
final class ThreadSafeRandom implements RandomGenerator {

  @Override
  public long nextLong() {
    return ThreadLocalRandom.current().nextLong();
  }

  @Override
  public int nextInt(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }
}
