package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells outbound calls their end, exactly once, and frees what the link holds for them. */
final class Ends {

  private static final Logger LOG = LoggerFactory.getLogger(Ends.class);

  private Ends() {}

  static void failed(OutboundCall call, LinkFailure failure, boolean mayHaveRun, String detail) {
    if (settle(call)) {
      try {
        call.onFailed(failure, mayHaveRun, detail);
      } catch (RuntimeException thrown) {
        report(call, thrown);
      }
    }
  }

  static void refused(OutboundCall call, Refusal refusal, LoadReport load) {
    if (settle(call)) {
      try {
        call.onRefused(refusal, load);
      } catch (RuntimeException thrown) {
        report(call, thrown);
      }
    }
  }

  static void accepted(OutboundCall call, LoadReport load) {
    if (settle(call)) {
      try {
        call.onAccepted(load);
      } catch (RuntimeException thrown) {
        report(call, thrown);
      }
    }
  }

  /** The payload stays the caller's to release. */
  static void replied(OutboundCall call, ByteBuf payload, boolean error, LoadReport load) {
    if (settle(call)) {
      try {
        call.onReply(payload, error, load);
      } catch (RuntimeException thrown) {
        report(call, thrown);
      }
    }
  }

  static void repliedWithStream(
      OutboundCall call, Flow.Publisher<ByteBuf> elements, LoadReport load) {
    if (settle(call)) {
      try {
        call.onReplyStream(elements, load);
      } catch (RuntimeException thrown) {
        report(call, thrown);
      }
    }
  }

  static void repliedLocally(OutboundCall call, Object reply, boolean error, LoadReport load) {
    if (settle(call)) {
      try {
        call.onLocalReply(reply, error, load);
      } catch (RuntimeException thrown) {
        report(call, thrown);
      }
    }
  }

  private static boolean settle(OutboundCall call) {
    if (call.ended) {
      return false;
    }
    call.ended = true;
    release(call);
    return true;
  }

  private static void release(OutboundCall call) {
    ByteBuf payload = call.payload;
    call.payload = null;
    if (payload != null) {
      payload.release();
    }
    Reassembly reply = call.reply;
    call.reply = null;
    if (reply != null) {
      reply.discard();
    }
  }

  private static void report(OutboundCall call, RuntimeException thrown) {
    LOG.error(
        "A call of {}/{} threw when it was told its end",
        call.key().service(),
        call.key().operation(),
        thrown);
  }
}
