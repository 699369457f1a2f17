package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way from one node of an {@link InMemoryLinkNetwork} to another, with the rules of a link over
 * TCP: handshake, credits in calls, deadlines, recalls, silence, GOAWAY. All but {@link #send},
 * {@link #recall} and {@link #state} happens on the network's executor.
 */
final class InMemoryLink implements Link {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
  private static final long REDIAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final InMemoryLinkTransport from;
  private final InMemoryLinkNetwork network;
  private final LinkPeer peer;
  private final ArrayDeque<OutboundCall> waiting = new ArrayDeque<>();

  /** The calls that are out, with what their server sees of them once they have arrived. */
  private final Map<OutboundCall, @Nullable InMemoryCall> out = new HashMap<>();

  /** The streams that are open, of arguments and of replies. */
  private final Set<InMemoryStream> streams = new LinkedHashSet<>();

  private volatile LinkState state = LinkState.CONNECTING;
  private @Nullable InMemoryLinkTransport server;
  private @Nullable Silence silence;
  private String why = "";
  private long firstDialNanos;

  InMemoryLink(InMemoryLinkTransport from, LinkPeer peer) {
    this.from = from;
    this.network = from.network();
    this.peer = peer;
  }

  LinkPeer peer() {
    return peer;
  }

  InMemoryLinkNetwork network() {
    return network;
  }

  /** Whether nothing gets through at the moment. */
  boolean muted() {
    return network.silent(from.address(), peer.nodeAddress());
  }

  int maxPayloadBytes() {
    return from.settings().limits().maxPayloadBytes();
  }

  long subscribeTimeoutNanos() {
    return from.settings().streams().subscribeTimeout().toNanos();
  }

  /** A stream between the nodes has been opened; on the executor, as all about streams. */
  InMemoryStream opened(InMemoryStream stream) {
    streams.add(stream);
    return stream;
  }

  void closed(InMemoryStream stream) {
    streams.remove(stream);
  }

  private void failStreams(StreamFault fault, String cause) {
    List.copyOf(streams).forEach(stream -> stream.fail(fault, cause));
  }

  @Override
  public LinkState state() {
    return state;
  }

  @Override
  public void send(OutboundCall call) {
    network.executor().execute(() -> take(call));
  }

  @Override
  public void recall(OutboundCall call) {
    call.recalled = true;
    network.executor().execute(() -> recallNow(call));
  }

  void dial() {
    firstDialNanos = network.ticker().nowNanos();
    network.deliver(this::shakeHands);
  }

  private void shakeHands() {
    if (state == LinkState.CLOSED || server != null) {
      return;
    }
    InMemoryLinkTransport met = network.node(peer.nodeAddress());
    long waited = network.ticker().nowNanos() - firstDialNanos;
    boolean patient = waited < from.settings().times().connectTimeout().toNanos();
    if (met != null && network.silent(from.address(), peer.nodeAddress()) && patient) {
      after(REDIAL_NANOS, this::shakeHands);
    } else if (met == null || !patient) {
      down("nobody answers");
    } else {
      onReception(met, met.receive(hello()), patient);
    }
  }

  private Hello hello() {
    LinkSettings mine = from.settings();
    LinkPeer self = mine.self().get();
    return new Hello(
        mine.oldestVersion(),
        mine.newestVersion(),
        mine.cluster(),
        self.name(),
        self.nodeAddress(),
        self.incarnation(),
        peer.nodeAddress(),
        peer.incarnation());
  }

  private void onReception(InMemoryLinkTransport met, Reception reception, boolean patient) {
    if (reception.refused() == CloseReason.NOT_YET_IN_VIEW && patient) {
      after(REDIAL_NANOS, this::shakeHands);
    } else if (reception.refused() != null) {
      down(reception.refused() + ": " + reception.detail());
    } else {
      server = met;
      silence = new Silence(from.settings().times(), network.ticker().nowNanos(), 0);
      to(LinkState.UP, "connected");
      after(LOOK_NANOS, this::look);
      pump();
    }
  }

  private void take(OutboundCall call) {
    ByteBuf payload = call.takePayload();
    call.payload = payload;
    call.payloadBytes = payload == null ? 0 : payload.readableBytes();
    int most = from.settings().limits().maxPayloadBytes();
    long left = call.deadlineNanos() - network.ticker().nowNanos();
    if (left <= 0) {
      Ends.failed(call, LinkFailure.DEADLINE, false, "the deadline passed before it was sent");
    } else if (call.recalled) {
      Ends.refused(
          call, Refusal.of(RefusalReason.RECALLED, "recalled before it was sent"), LoadReport.NONE);
    } else if (call.payloadBytes > most) {
      String detail = "the message has " + call.payloadBytes + " bytes (at most: " + most + ")";
      Ends.refused(call, Refusal.of(RefusalReason.TOO_LARGE, detail), LoadReport.NONE);
    } else if (server == null && state != LinkState.CONNECTING) {
      Ends.failed(call, unusable(), false, why);
    } else if (waiting.size() >= from.settings().limits().waitingCalls()) {
      Ends.failed(call, LinkFailure.NO_CREDIT, false, waiting.size() + " calls wait");
    } else {
      waiting.add(call);
      after(left + CallerConnection.GRACE_NANOS, () -> onDue(call));
      pump();
    }
  }

  private LinkFailure unusable() {
    boolean closed = state == LinkState.CLOSED || state == LinkState.DRAINING;
    return closed ? LinkFailure.CLOSED : LinkFailure.NOT_CONNECTED;
  }

  private void onDue(OutboundCall call) {
    if (call.ended) {
      return;
    }
    waiting.remove(call);
    InMemoryCall arrived = out.remove(call);
    Ends.failed(call, LinkFailure.DEADLINE, call.written, "no answer from " + peer.name());
    if (arrived != null) {
      network.deliver(arrived::recalled);
    }
    pump();
  }

  private void pump() {
    InMemoryLinkTransport to = server;
    while (to != null && !waiting.isEmpty() && out.size() < to.settings().limits().creditCalls()) {
      write(waiting.remove(), to);
    }
  }

  private void write(OutboundCall call, InMemoryLinkTransport to) {
    if (call.ended) {
      return;
    }
    ByteBuf payload = call.payload;
    call.payload = null;
    byte[] message = payload == null ? new byte[0] : ByteBufUtil.getBytes(payload);
    if (payload != null) {
      payload.release();
    }
    call.written = true;
    out.put(call, null);
    network.deliver(() -> arrive(call, message, to));
  }

  private void arrive(OutboundCall call, byte[] message, InMemoryLinkTransport to) {
    boolean lost = to != server || muted();
    if (lost || call.ended) {
      return;
    }
    InMemoryCall arrived = new InMemoryCall(to, this, call, message);
    out.put(call, arrived);
    to.accepted(arrived);
    to.handler().onCall(arrived);
  }

  /** The serving node has ended a call; on any thread. */
  void answer(OutboundCall call, Runnable told, Runnable lost) {
    network.deliver(
        () -> {
          if (!muted() && out.containsKey(call)) {
            out.remove(call);
            told.run();
            pump();
          } else {
            lost.run();
          }
        });
  }

  private void recallNow(OutboundCall call) {
    if (!call.ended && !call.written && waiting.remove(call)) {
      Ends.refused(
          call, Refusal.of(RefusalReason.RECALLED, "recalled before it was sent"), LoadReport.NONE);
    } else {
      network.deliver(() -> recallArrived(call));
    }
  }

  private void recallArrived(OutboundCall call) {
    InMemoryCall arrived = out.get(call);
    if (arrived != null && !muted()) {
      arrived.recalled();
    }
  }

  private void look() {
    Silence own = silence;
    if (own == null) {
      return;
    }
    if (!muted()) {
      own.heard();
    }
    Silence.Verdict verdict = own.judge(network.ticker().nowNanos(), 0, true);
    boolean silent = verdict == Silence.Verdict.SILENT || verdict == Silence.Verdict.DEAD;
    if (server != null) {
      to(silent ? LinkState.SILENT : LinkState.UP, silent ? "nothing heard" : "heard again");
    }
    if (verdict == Silence.Verdict.DEAD) {
      onBroken(LinkFailure.SILENT, peer.name() + " is silent");
    } else {
      after(LOOK_NANOS, this::look);
    }
  }

  /** The peer takes no more calls than those that have arrived. */
  void onGoAway() {
    if (server == null) {
      return;
    }
    server = null;
    to(LinkState.DRAINING, "the peer takes no new calls");
    for (OutboundCall call : List.copyOf(out.keySet())) {
      if (out.get(call) == null) {
        out.remove(call);
        Ends.failed(call, LinkFailure.CLOSED, false, why);
      }
    }
    failWaiting(LinkFailure.CLOSED);
  }

  void onBroken(LinkFailure failure, String cause) {
    server = null;
    silence = null;
    boolean hadCalls = !out.isEmpty();
    failStreams(streamFault(failure), cause);
    failOut(failure, cause);
    if (state != LinkState.CONNECTING || hadCalls) {
      down(cause);
    }
  }

  private StreamFault streamFault(LinkFailure failure) {
    if (failure == LinkFailure.SILENT) {
      return StreamFault.SILENT;
    }
    return state == LinkState.DRAINING ? StreamFault.DRAINING : StreamFault.LOST;
  }

  void close(String cause) {
    to(LinkState.CLOSED, cause);
    server = null;
    silence = null;
    failStreams(StreamFault.LOST, cause);
    failOut(LinkFailure.CLOSED, cause);
    failWaiting(LinkFailure.CLOSED);
  }

  private void failOut(LinkFailure failure, String cause) {
    for (OutboundCall call : List.copyOf(out.keySet())) {
      InMemoryCall arrived = out.remove(call);
      Ends.failed(call, failure, true, cause);
      if (arrived != null) {
        arrived.recalled();
      }
    }
  }

  private void down(String cause) {
    to(LinkState.DOWN, cause);
    failWaiting(LinkFailure.NOT_CONNECTED);
    if (state != LinkState.CLOSED) {
      after(REDIAL_NANOS, this::dial);
    }
  }

  private void failWaiting(LinkFailure failure) {
    OutboundCall call = waiting.poll();
    while (call != null) {
      Ends.failed(call, failure, false, why);
      call = waiting.poll();
    }
  }

  private void to(LinkState next, String cause) {
    LinkState before = state;
    if (before != LinkState.CLOSED && before != next) {
      state = next;
      why = cause;
      from.stateListener().onState(peer, before, next, cause);
    }
  }

  void after(long nanos, Runnable task) {
    var unused = network.executor().schedule(task, Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }
}
