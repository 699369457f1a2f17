package io.actormesh.runtime.host;

import io.actormesh.runtime.codec.CodecException;
import io.actormesh.runtime.codec.OperationCodec;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ReplyKind;
import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.LoadReport;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.apache.pekko.NotUsed;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a service told its reply ref: checks it against the contract, encodes it on the thread
 * that told it, and ends the call with it. Thread-safe; one per operation and codec.
 */
final class ReplySender {

  /** What became of a reply; a refusal if it could not be sent. */
  record Sent(boolean error, @Nullable Refusal refusal) {
    static final Sent REPLY = new Sent(false, null);
    static final Sent ERROR = new Sent(true, null);
  }

  private final String operation;
  private final ReplyKind kind;
  private final @Nullable Class<?> replyClass;
  private final OperationCodec<?> codec;
  private final @Nullable StreamReplies streaming;

  ReplySender(Operation<?> operation, OperationCodec<?> codec) {
    this.operation = operation.name();
    this.kind = operation.replyKind();
    this.replyClass = operation.replyType().map(ReplySender::rawClass).orElse(null);
    this.codec = codec;
    this.streaming =
        operation
            .replyElement()
            .map(element -> new StreamReplies(operation, element, codec))
            .orElse(null);
  }

  /** Ends the call with the reply, or with the refusal that says why the reply cannot be sent. */
  Sent send(
      InboundCall call, Object reply, InstanceStreams streams, int maxBytes, LoadReport load) {
    try {
      return trySend(call, reply, streams, maxBytes, load);
    } catch (CodecException e) {
      return refuse(call, reasonOf(e), String.valueOf(e.getMessage()), load);
    } catch (RuntimeException | StackOverflowError e) {
      return refuse(call, RefusalReason.REPLY_NOT_SERIALIZABLE, Refusals.describe(e), load);
    }
  }

  private Sent trySend(
      InboundCall call, Object reply, InstanceStreams streams, int maxBytes, LoadReport load) {
    if (kind != ReplyKind.STATUS) {
      return sendValue(call, reply, streams, maxBytes, load);
    }
    if (!(reply instanceof StatusReply<?> status)) {
      return wrongType(call, "a StatusReply", reply, load);
    }
    return status.isError()
        ? sendError(call, textOf(status.getError()), maxBytes, load)
        : sendValue(call, status.getValue(), streams, maxBytes, load);
  }

  @SuppressWarnings("unchecked") // the elements are checked as they come
  private Sent sendValue(
      InboundCall call, Object value, InstanceStreams streams, int maxBytes, LoadReport load) {
    if (replyClass != null && !replyClass.isInstance(value)) {
      return wrongType(call, replyClass.getName(), value, load);
    }
    if (streaming != null) {
      streaming.send(call, (Source<Object, NotUsed>) value, streams, maxBytes, load);
    } else if (call.local()) {
      var unused = call.replyLocal(value, false, load);
    } else {
      var unused = call.reply(codec.encodeReply(value, call.allocator(), maxBytes), false, load);
    }
    return Sent.REPLY;
  }

  private Sent sendError(InboundCall call, String text, int maxBytes, LoadReport load) {
    if (call.local()) {
      var unused = call.replyLocal(text, true, load);
      return Sent.ERROR;
    }
    if (ByteBufUtil.utf8Bytes(text) > maxBytes) {
      String detail = "the error's text is longer than " + maxBytes + " bytes (max-payload)";
      return refuse(call, RefusalReason.REPLY_TOO_LARGE, detail, load);
    }
    ByteBuf encoded = ByteBufUtil.writeUtf8(call.allocator(), text);
    var unused = call.reply(encoded, true, load);
    return Sent.ERROR;
  }

  private Sent wrongType(InboundCall call, String expected, Object actual, LoadReport load) {
    String detail =
        operation
            + " answers with "
            + expected
            + ", the service told "
            + actual.getClass().getName();
    return refuse(call, RefusalReason.REPLY_NOT_SERIALIZABLE, detail, load);
  }

  private static Sent refuse(
      InboundCall call, RefusalReason reason, String detail, LoadReport load) {
    Refusal refusal = Refusal.of(reason, detail);
    var unused = call.refuse(refusal, load);
    return new Sent(true, refusal);
  }

  private static RefusalReason reasonOf(CodecException e) {
    return e.problem() == CodecException.Problem.TOO_LARGE
        ? RefusalReason.REPLY_TOO_LARGE
        : RefusalReason.REPLY_NOT_SERIALIZABLE;
  }

  private static String textOf(Throwable error) {
    String text = error.getMessage();
    return text == null ? error.getClass().getName() : text;
  }

  private static @Nullable Class<?> rawClass(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    return type instanceof ParameterizedType generic ? rawClass(generic.getRawType()) : null;
  }
}
