package io.actormesh.runtime.link;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one caller that have arrived and not ended, by the slot that their caller keeps them
 * in. Owned by the connection's loop.
 */
final class OpenCalls {

  private final int mostSlots;
  private @Nullable ServerCall[] bySlot = new @Nullable ServerCall[64];

  OpenCalls(int mostCalls) {
    this.mostSlots = mostCalls;
  }

  /** Adds a call. Returns one that its caller must have given up, since it reuses the slot. */
  @Nullable ServerCall add(ServerCall call) {
    int slot = OutboundTable.slotOf(call.id());
    if (slot >= mostSlots) {
      throw new LinkProtocolException(
          CloseReason.CREDIT_EXCEEDED, "slot " + slot + " (granted: " + mostSlots + " calls)");
    }
    if (slot >= bySlot.length) {
      bySlot = Arrays.copyOf(bySlot, Math.max(slot + 1, bySlot.length * 2));
    }
    ServerCall before = bySlot[slot];
    bySlot[slot] = call;
    return before;
  }

  @Nullable ServerCall get(long id) {
    int slot = OutboundTable.slotOf(id);
    ServerCall call = slot < bySlot.length ? bySlot[slot] : null;
    return call != null && call.id() == id ? call : null;
  }

  void remove(ServerCall call) {
    int slot = OutboundTable.slotOf(call.id());
    if (slot < bySlot.length && bySlot[slot] == call) {
      bySlot[slot] = null;
    }
  }

  /** Takes every call out. */
  @Nullable ServerCall[] removeAll() {
    @Nullable ServerCall[] all = bySlot;
    bySlot = new @Nullable ServerCall[0];
    return all;
  }
}
