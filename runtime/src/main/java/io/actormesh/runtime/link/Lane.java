package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The way of some callers' calls to one peer: a queue that any thread fills and one event loop
 * drains into the present connection, which is replaced when it breaks or the peer says GOAWAY. All
 * but {@link #send}, {@link #recall} and {@link #close} happens on the loop.
 */
final class Lane implements CallOwner {

  private final NettyLink link;
  private final LinkContext context;
  private final LoopTools tools;
  private final Dialler dialler;
  private final Queue<Object> inbox;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Runnable drain = this::drain;
  private final ArrayDeque<OutboundCall> waiting = new ArrayDeque<>();
  private final Set<CallerConnection> leaving = new HashSet<>();
  private @Nullable CallerConnection current;
  private volatile LinkState state = LinkState.CONNECTING;
  private String stateWhy = "";

  Lane(NettyLink link, LinkContext context, LoopTools tools) {
    this.link = link;
    this.context = context;
    this.tools = tools;
    this.dialler = new Dialler(this, context, tools);
    // The calls that may wait, and room for as many recalls.
    this.inbox =
        PlatformDependent.newMpscQueue(Math.max(2048, context.limits().waitingCalls() * 2));
  }

  LinkPeer peer() {
    return link.peer();
  }

  String peerText() {
    return link.peer().name() + " (" + link.peer().nodeAddress() + ")";
  }

  LinkState state() {
    return state;
  }

  void dial() {
    execute(dialler::dial);
  }

  /** Takes a call from any thread. */
  void send(OutboundCall call) {
    if (inbox.offer(call)) {
      wake();
    } else {
      execute(
          () -> Ends.failed(taken(call), LinkFailure.NO_CREDIT, false, "the link's queue is full"));
    }
  }

  /** Takes a recall from any thread. */
  void recall(OutboundCall call) {
    call.recalled = true;
    if (inbox.offer(new Recall(call))) {
      wake();
    } else {
      execute(() -> recallNow(call));
    }
  }

  /** Closes the lane for good; its calls fail. */
  void close(String why) {
    execute(() -> closeNow(why));
  }

  private void wake() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      execute(drain);
    }
  }

  private void execute(Runnable task) {
    try {
      tools.loop().execute(task);
    } catch (RejectedExecutionException shutDown) {
      afterShutdown(task);
    }
  }

  /** The loops have ended, so no thread but the callers' is left to tell them. */
  private synchronized void afterShutdown(Runnable task) {
    state = LinkState.CLOSED;
    stateWhy = "the event loops have been shut down";
    task.run();
    drain();
  }

  private void drain() {
    scheduled.set(false);
    long now = context.ticker().nowNanos();
    Object next = inbox.poll();
    while (next != null) {
      if (next instanceof OutboundCall call) {
        take(call, now);
      } else {
        recallNow(((Recall) next).call());
      }
      next = inbox.poll();
    }
    pump();
  }

  private void take(OutboundCall call, long now) {
    taken(call);
    CallerConnection connection = current;
    if (now - call.deadlineNanos() >= 0) {
      Ends.failed(call, LinkFailure.DEADLINE, false, "the deadline passed before it was sent");
    } else if (call.recalled) {
      Ends.refused(call, recalledUnsent(), LoadReport.NONE);
    } else if (call.payloadBytes > maxPayloadBytes()) {
      Ends.refused(call, tooLarge(call), LoadReport.NONE);
    } else if (connection != null && waiting.isEmpty() && connection.ready()) {
      connection.write(call, now);
    } else {
      await(call);
    }
  }

  /** Makes the link the owner of a call and its payload. */
  private OutboundCall taken(OutboundCall call) {
    call.owner = this;
    ByteBuf payload = call.takePayload();
    call.payload = payload;
    call.payloadBytes = payload == null ? 0 : payload.readableBytes();
    return call;
  }

  private void await(OutboundCall call) {
    if (!mayWait()) {
      Ends.failed(call, unusableFailure(), false, unusableDetail());
    } else if (waiting.size() >= context.limits().waitingCalls()) {
      Ends.failed(call, fullFailure(), false, waiting.size() + " calls wait for " + peerText());
    } else {
      waiting.add(call);
      tools.wheel().add(call, call.deadlineNanos());
    }
  }

  private boolean mayWait() {
    return current != null || state == LinkState.CONNECTING;
  }

  private LinkFailure unusableFailure() {
    boolean closed = state == LinkState.CLOSED || state == LinkState.DRAINING;
    return closed ? LinkFailure.CLOSED : LinkFailure.NOT_CONNECTED;
  }

  private String unusableDetail() {
    return "no connection to " + peerText() + ": " + stateWhy;
  }

  private LinkFailure fullFailure() {
    return current == null ? LinkFailure.NOT_CONNECTED : LinkFailure.NO_CREDIT;
  }

  private int maxPayloadBytes() {
    CallerConnection connection = current;
    return connection == null ? context.limits().maxPayloadBytes() : connection.maxPayloadBytes();
  }

  private Refusal tooLarge(OutboundCall call) {
    return Refusal.of(
        RefusalReason.TOO_LARGE,
        "the message has "
            + call.payloadBytes
            + " bytes; "
            + peerText()
            + " takes "
            + maxPayloadBytes());
  }

  private static Refusal recalledUnsent() {
    return Refusal.of(RefusalReason.RECALLED, "recalled before it was sent");
  }

  private void recallNow(OutboundCall call) {
    if (call.ended || call.owner == null) {
      return;
    }
    CallerConnection connection = call.connection;
    if (connection == null) {
      tools.wheel().remove(call);
      Ends.refused(call, recalledUnsent(), LoadReport.NONE);
    } else {
      connection.recall(call);
    }
  }

  @Override
  public void onDue(OutboundCall call) {
    CallerConnection connection = call.connection;
    if (connection == null) {
      Ends.failed(call, LinkFailure.DEADLINE, false, "waited for " + peerText());
    } else {
      connection.expire(call);
    }
  }

  /** Writes waiting calls as far as the connection takes them, and sends. */
  void pump() {
    CallerConnection connection = current;
    if (connection == null) {
      return;
    }
    if (!waiting.isEmpty()) {
      writeWaiting(connection, context.ticker().nowNanos());
    }
    connection.pump();
  }

  private void writeWaiting(CallerConnection connection, long now) {
    OutboundCall call = waiting.peek();
    while (call != null && (call.ended || connection.ready())) {
      waiting.remove();
      if (!call.ended) {
        writeOne(connection, call, now);
      }
      call = waiting.peek();
    }
  }

  private void writeOne(CallerConnection connection, OutboundCall call, long now) {
    if (now - call.deadlineNanos() >= 0) {
      tools.wheel().remove(call);
      onDue(call);
    } else if (call.payloadBytes > connection.maxPayloadBytes()) {
      tools.wheel().remove(call);
      Ends.refused(call, tooLarge(call), LoadReport.NONE);
    } else {
      connection.write(call, now);
    }
  }

  private void failWaiting(LinkFailure failure, String why) {
    OutboundCall call = waiting.poll();
    while (call != null) {
      tools.wheel().remove(call);
      Ends.failed(call, failure, false, why);
      call = waiting.poll();
    }
  }

  /** The handshake of a dialled connection has succeeded. */
  void onOpen(CallerConnection connection) {
    dialler.succeeded();
    current = connection;
    context.observer().onConnected(peer());
    to(LinkState.UP, "connected");
    pump();
  }

  /** The peer closes a connection in order: for good, or to have it replaced. */
  void onGoAway(CallerConnection connection, CloseReason reason) {
    leaving.add(connection);
    if (current != connection) {
      return;
    }
    current = null;
    if (reason == CloseReason.REPLACED) {
      to(LinkState.CONNECTING, "the peer asked for a new connection");
      dialler.dial();
    } else {
      to(LinkState.DRAINING, "the peer takes no new calls");
      failWaiting(LinkFailure.CLOSED, peerText() + " takes no new calls");
    }
  }

  void onSilence(CallerConnection connection) {
    if (connection == current) {
      boolean silent = connection.silent();
      to(silent ? LinkState.SILENT : LinkState.UP, silent ? "nothing heard" : "heard again");
    }
  }

  /** A connection has gone; its calls are told by itself. */
  void onGone(CallerConnection connection, String why) {
    context.observer().onDisconnected(peer(), why);
    boolean drained = leaving.remove(connection) && state == LinkState.DRAINING;
    if (connection == current) {
      current = null;
      redialLater(why);
    } else if (drained && leaving.isEmpty()) {
      redialLater(why);
    } else {
      dialler.onGone(connection, why);
    }
  }

  /** There is no connection, and dialling failed. */
  void redialLater(String why) {
    if (state != LinkState.CLOSED) {
      to(LinkState.DOWN, why);
      failWaiting(LinkFailure.NOT_CONNECTED, unusableDetail());
      dialler.redialLater();
    }
  }

  private void closeNow(String why) {
    if (state == LinkState.CLOSED) {
      return;
    }
    to(LinkState.CLOSED, why);
    dialler.stop();
    failWaiting(LinkFailure.CLOSED, why);
    CallerConnection connection = current;
    current = null;
    if (connection != null) {
      connection.close(LinkFailure.CLOSED, CloseReason.SHUTDOWN, why);
    }
    for (CallerConnection old : Set.copyOf(leaving)) {
      old.close(LinkFailure.CLOSED, CloseReason.SHUTDOWN, why);
    }
  }

  private void to(LinkState next, String why) {
    if (state != LinkState.CLOSED && state != next) {
      state = next;
      stateWhy = why;
      link.laneChanged(why);
    }
  }

  private record Recall(OutboundCall call) {}
}
