package io.actormesh.runtime.host;

import org.jspecify.annotations.Nullable;

/** What can stand in a {@link CallQueue}: it links itself, so that queueing allocates nothing. */
class QueueNode {
  volatile @Nullable QueueNode next;
}
