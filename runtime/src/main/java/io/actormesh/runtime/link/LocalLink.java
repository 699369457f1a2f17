package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link from a node to itself: hands the message over as an object, on the caller's thread. It
 * keeps no timer: the handler ends each call at its deadline at the latest. Thread-safe.
 */
public final class LocalLink implements Link {

  private static final Logger LOG = LoggerFactory.getLogger(LocalLink.class);

  private final InboundHandler handler;
  private final Ticker ticker;
  private volatile boolean closed;

  public LocalLink(InboundHandler handler, Ticker ticker) {
    this.handler = handler;
    this.ticker = ticker;
  }

  @Override
  public void send(OutboundCall call) {
    if (closed) {
      Ends.failed(call, LinkFailure.CLOSED, false, "this node is leaving");
      return;
    }
    LocalCall local = new LocalCall(call, ticker.nowNanos());
    call.local = local;
    if (call.recalled) {
      local.recalled();
    }
    try {
      handler.onCall(local);
    } catch (RuntimeException thrown) {
      LOG.error("The handler of {} threw", call.key(), thrown);
      var unused =
          local.refuse(
              Refusal.of(RefusalReason.INTERNAL, "the handler threw " + thrown), LoadReport.NONE);
    }
  }

  @Override
  public void recall(OutboundCall call) {
    call.recalled = true;
    LocalCall local = call.local;
    if (local != null) {
      local.recalled();
    }
  }

  @Override
  public LinkState state() {
    return closed ? LinkState.CLOSED : LinkState.UP;
  }

  /** Takes no more calls; those under way end as usual. */
  public void close() {
    closed = true;
  }
}
