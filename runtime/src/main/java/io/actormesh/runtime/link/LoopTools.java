package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Ticker;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** What all links of a node share on one loop. */
final class LoopTools {

  private final EventLoop loop;
  private final DeadlineWheel wheel;
  private final LoopWatch watch;

  LoopTools(EventLoop loop, Ticker ticker) {
    this.loop = loop;
    this.wheel = new DeadlineWheel(loop, ticker);
    this.watch = new LoopWatch(loop, ticker);
  }

  EventLoop loop() {
    return loop;
  }

  /**
   * Goes on with something long once the loop has looked at its sockets. A task that hands itself
   * to the loop again would keep it from reading: Netty runs tasks for up to a second before it
   * turns to I/O, but takes up scheduled ones only after it.
   */
  static void goOnLater(EventLoop loop, Runnable rest) {
    var unused = loop.schedule(rest, 0, TimeUnit.NANOSECONDS);
  }

  DeadlineWheel wheel() {
    return wheel;
  }

  LoopWatch watch() {
    return watch;
  }
}
