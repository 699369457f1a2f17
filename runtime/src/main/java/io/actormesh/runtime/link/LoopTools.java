package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Ticker;
import io.netty.channel.EventLoop;

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

  DeadlineWheel wheel() {
    return wheel;
  }

  LoopWatch watch() {
    return watch;
  }
}
