package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Ticker;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.IdentityHashMap;

/** What all connections of one transport share. */
final class LinkContext {

  private final LinkSettings settings;
  private final LinkEnvironment environment;
  private final IdentityHashMap<EventLoop, LoopTools> tools = new IdentityHashMap<>();

  LinkContext(LinkSettings settings, LinkEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
    for (EventLoop loop : environment.loops().all()) {
      tools.put(loop, new LoopTools(loop, environment.ticker()));
    }
  }

  LinkSettings settings() {
    return settings;
  }

  LinkLimits limits() {
    return settings.limits();
  }

  LinkTimes times() {
    return settings.times();
  }

  LinkEnvironment environment() {
    return environment;
  }

  LinkObserver observer() {
    return environment.observer();
  }

  Ticker ticker() {
    return environment.ticker();
  }

  /** Pooled, because buffers are made and freed on the same few threads. */
  ByteBufAllocator allocator() {
    return PooledByteBufAllocator.DEFAULT;
  }

  LoopTools toolsOf(EventLoop loop) {
    LoopTools own = tools.get(loop);
    if (own == null) {
      throw new IllegalStateException("not a loop of this transport: " + loop);
    }
    return own;
  }
}
