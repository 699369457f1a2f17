package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Puts the parts of large replies together, within the bytes that one connection may hold. */
final class ReplyParts {

  private final LinkContext context;
  private final ReassemblyBudget budget;

  ReplyParts(LinkContext context) {
    this.context = context;
    this.budget = new ReassemblyBudget(context.limits().reassemblyBytes());
  }

  /**
   * Takes the first part.
   *
   * @return why the reply cannot be taken, or null
   */
  @Nullable Refusal start(OutboundCall call, ByteBuf body, boolean error, LoadReport load) {
    int total = Wire.readInt(body, Integer.MAX_VALUE, "size of a payload");
    if (call.reply != null) {
      throw new LinkProtocolException(CloseReason.PROTOCOL_ERROR, "a second reply to one call");
    }
    if (total > context.limits().maxPayloadBytes() || !budget.tryReserve(total)) {
      return tooLarge(total);
    }
    Reassembly reply = Reassembly.start(budget, context.allocator(), total);
    call.reply = reply;
    call.replyIsError = error;
    call.replyLoad = load;
    reply.append(body, true);
    return null;
  }

  /**
   * Takes a further part.
   *
   * @return the whole reply if it was the last part, which the caller owns
   */
  @Nullable ByteBuf append(OutboundCall call, ByteBuf body, boolean more) {
    Reassembly reply = call.reply;
    if (reply == null) {
      throw new LinkProtocolException(CloseReason.PROTOCOL_ERROR, "CHUNK before its REPLY");
    }
    reply.append(body, more);
    if (more) {
      return null;
    }
    call.reply = null;
    return reply.finish();
  }

  private Refusal tooLarge(int total) {
    return Refusal.of(
        RefusalReason.REPLY_TOO_LARGE,
        "the reply has "
            + total
            + " bytes; this node takes "
            + context.limits().maxPayloadBytes()
            + ", and "
            + budget.limit()
            + " for all that arrive at once on a link");
  }
}
