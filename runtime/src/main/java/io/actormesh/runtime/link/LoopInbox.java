package io.actormesh.runtime.link;

import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What threads ask of one connection's loop: many items make one task. Any thread may add; items
 * see to it that they are in it once.
 */
final class LoopInbox {

  /** Something that has to be looked at on the loop. */
  interface Item {
    void onLoop();
  }

  private final EventLoop loop;
  private final Runnable after;
  private final Queue<Item> items = PlatformDependent.newMpscQueue();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Runnable run = this::run;

  /** An inbox that runs something on the loop after each batch of items. */
  LoopInbox(EventLoop loop, Runnable after) {
    this.loop = loop;
    this.after = after;
  }

  boolean inLoop() {
    return loop.inEventLoop();
  }

  void add(Item item) {
    items.add(item);
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      try {
        loop.execute(run);
      } catch (RejectedExecutionException shutDown) {
        runAfterShutdown();
      }
    }
  }

  /** The loops have ended, so no thread but those that add is left. */
  private synchronized void runAfterShutdown() {
    scheduled.set(false);
    runItems();
  }

  private void run() {
    scheduled.set(false);
    runItems();
    after.run();
  }

  private void runItems() {
    Item item = items.poll();
    while (item != null) {
      item.onLoop();
      item = items.poll();
    }
  }
}
