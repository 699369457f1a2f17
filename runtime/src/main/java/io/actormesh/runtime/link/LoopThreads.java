package io.actormesh.runtime.link;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes the loops' threads, which know their loop: asking for it costs a type check. */
final class LoopThreads implements ThreadFactory {

  private final String prefix;
  private final AtomicInteger made = new AtomicInteger();

  LoopThreads(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public Thread newThread(Runnable task) {
    LoopThread thread = new LoopThread(task, prefix + made.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** Makes the current thread know its loop. */
  static void bind(EventLoop loop) {
    ((LoopThread) Thread.currentThread()).loop = loop;
  }

  static @Nullable EventLoop current() {
    return Thread.currentThread() instanceof LoopThread thread ? thread.loop : null;
  }

  private static final class LoopThread extends FastThreadLocalThread {

    /** Written and read by this thread alone. */
    private @Nullable EventLoop loop;

    LoopThread(Runnable task, String name) {
      super(task, name);
    }
  }
}
