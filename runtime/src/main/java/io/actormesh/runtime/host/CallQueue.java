package io.actormesh.runtime.host;

import io.actormesh.runtime.call.Priority;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for one instance: a lane per priority, first come first served within each.
 * Any thread adds, one at a time takes. Bounded by whoever admits calls, not here.
 *
 * <p>Each lane is Dmitry Vyukov's non-intrusive multi-producer single-consumer queue, with the
 * calls themselves as nodes. A call that has left by other means stays until it is taken, and is
 * skipped.
 */
final class CallQueue<C> {

  private final Lane[] lanes = new Lane[Priority.values().length];

  CallQueue() {
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane();
    }
  }

  void add(HostedCall<C> call, Priority priority) {
    lanes[priority.code()].add(call);
  }

  /** The first of the highest class, or null. May miss one that is just being added. */
  @SuppressWarnings("unchecked") // a node other than the first head is a call that was added
  @Nullable HostedCall<C> poll() {
    for (Lane lane : lanes) {
      QueueNode call = lane.poll();
      if (call != null) {
        return (HostedCall<C>) call;
      }
    }
    return null;
  }

  private static final class Lane {
    private final AtomicReference<QueueNode> tail;

    /** The node taken last; its successor is the first that waits. The taker's alone. */
    private QueueNode head;

    Lane() {
      head = new QueueNode();
      tail = new AtomicReference<>(head);
    }

    void add(QueueNode call) {
      tail.getAndSet(call).next = call;
    }

    @Nullable QueueNode poll() {
      QueueNode first = head.next;
      if (first == null) {
        return null;
      }
      // Unlinked, or one dead node in the old generation would keep all that follow it from being
      // collected young.
      head.next = null;
      head = first;
      return first;
    }
  }
}
