package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A handler that a test can change while it serves; it writes down what it got. */
final class Served implements InboundHandler {

  private final List<InboundCall> calls = new CopyOnWriteArrayList<>();
  private volatile Consumer<InboundCall> behavior = Served::echo;

  @Override
  public void onCall(InboundCall call) {
    calls.add(call);
    behavior.accept(call);
  }

  List<InboundCall> calls() {
    return calls;
  }

  void behave(Consumer<InboundCall> next) {
    behavior = next;
  }

  /** Keeps calls without answering them. */
  static void keep(InboundCall call) {
    text(call);
  }

  static void echo(InboundCall call) {
    if (call.local()) {
      var unused = call.replyLocal(call.localMessage(), false, LoadReport.NONE);
      return;
    }
    ByteBuf message = call.takePayload();
    ByteBuf reply = call.allocator().buffer(message.readableBytes()).writeBytes(message);
    message.release();
    var unused = call.reply(reply, false, LoadReport.NONE);
  }

  static void reply(InboundCall call, String text) {
    if (call.local()) {
      var unused = call.replyLocal(text, false, LoadReport.NONE);
    } else {
      ByteBuf reply = ByteBufUtil.writeUtf8(call.allocator(), text);
      var unused = call.reply(reply, false, LoadReport.NONE);
    }
  }

  /** The message as text; takes and releases the payload. */
  static String text(InboundCall call) {
    if (call.local()) {
      return String.valueOf(call.localMessage());
    }
    ByteBuf message = call.takePayload();
    try {
      return message.toString(StandardCharsets.UTF_8);
    } finally {
      message.release();
    }
  }
}
