package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Ticker;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of all calls that one event loop has out. Adding and removing are O(1) and allocate
 * nothing, since the calls themselves are the links of the lists; a call is told at most one tick
 * late. The wheel turns only while it holds something. Owned by its loop.
 *
 * <p>George Varghese, Anthony Lauck, "Hashed and Hierarchical Timing Wheels", 1987, scheme 6.
 */
final class DeadlineWheel {

  static final int NOT_IN_WHEEL = -1;
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private static final int SLOTS = 4096;

  private final @Nullable OutboundSlot[] heads = new @Nullable OutboundSlot[SLOTS];
  private final EventLoop loop;
  private final Ticker ticker;
  private final long originNanos;
  private final Runnable turn = this::turn;
  private long turnedTo;
  private int size;
  private boolean turning;

  DeadlineWheel(EventLoop loop, Ticker ticker) {
    this.loop = loop;
    this.ticker = ticker;
    this.originNanos = ticker.nowNanos();
  }

  int size() {
    return size;
  }

  /** Puts a call in, or moves it to another time. */
  void add(OutboundSlot entry, long dueNanos) {
    remove(entry);
    if (size == 0) {
      turnedTo = tickOf(ticker.nowNanos());
    }
    entry.dueNanos = dueNanos;
    // The slot after the instant, so that whoever is found there is due; never one already passed.
    long tick = Math.max(tickOf(dueNanos) + 1, turnedTo + 1);
    link(entry, (int) (tick & (SLOTS - 1)));
    start();
  }

  void remove(OutboundSlot entry) {
    if (entry.wheelSlot == NOT_IN_WHEEL) {
      return;
    }
    OutboundSlot next = entry.wheelNext;
    OutboundSlot previous = entry.wheelPrevious;
    if (previous == null) {
      heads[entry.wheelSlot] = next;
    } else {
      previous.wheelNext = next;
    }
    if (next != null) {
      next.wheelPrevious = previous;
    }
    entry.wheelNext = null;
    entry.wheelPrevious = null;
    entry.wheelSlot = NOT_IN_WHEEL;
    size--;
  }

  /** Tells everyone who is due by now. The loop calls it every tick; a test may, too. */
  void advance() {
    long now = ticker.nowNanos();
    long tick = tickOf(now);
    long first = Math.max(turnedTo + 1, tick - SLOTS + 1);
    OutboundSlot due = null;
    for (long passed = first; passed <= tick && size > 0; passed++) {
      due = collect((int) (passed & (SLOTS - 1)), now, due);
    }
    turnedTo = Math.max(turnedTo, tick);
    tell(due);
  }

  private void start() {
    if (!turning) {
      turning = true;
      arm();
    }
  }

  private void arm() {
    if (loop.isShutdown()) {
      return;
    }
    var unused = loop.schedule(turn, TICK_NANOS, TimeUnit.NANOSECONDS);
  }

  private void turn() {
    advance();
    if (size > 0) {
      arm();
    } else {
      turning = false;
    }
  }

  private void link(OutboundSlot entry, int slot) {
    OutboundSlot head = heads[slot];
    entry.wheelSlot = slot;
    entry.wheelNext = head;
    if (head != null) {
      head.wheelPrevious = entry;
    }
    heads[slot] = entry;
    size++;
  }

  /** Takes those that are due out of a slot, before any is told: telling may change the lists. */
  private @Nullable OutboundSlot collect(int slot, long now, @Nullable OutboundSlot due) {
    OutboundSlot chain = due;
    OutboundSlot entry = heads[slot];
    while (entry != null) {
      OutboundSlot next = entry.wheelNext;
      if (now - entry.dueNanos >= 0) {
        remove(entry);
        entry.wheelNext = chain;
        chain = entry;
      }
      entry = next;
    }
    return chain;
  }

  private static void tell(@Nullable OutboundSlot due) {
    OutboundSlot entry = due;
    while (entry != null) {
      OutboundSlot next = entry.wheelNext;
      entry.wheelNext = null;
      CallOwner owner = entry.owner;
      if (!entry.ended && owner != null) {
        owner.onDue((OutboundCall) entry);
      }
      entry = next;
    }
  }

  private long tickOf(long nanos) {
    return Math.floorDiv(nanos - originNanos, TICK_NANOS);
  }
}
