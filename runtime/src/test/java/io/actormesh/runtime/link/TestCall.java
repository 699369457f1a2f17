package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.call.TraceContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A call that writes down how it ended. */
final class TestCall extends OutboundCall {

  static final OperationKey ECHO = new OperationKey("echo", "say", "text", "say(text)", false);
  static final OperationKey NOTE = new OperationKey("echo", "note", "text", "note(text)", true);

  private final OperationKey key;
  private final byte[] message;
  private final long deadlineNanos;
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private @Nullable ByteBuf encoded;
  private @Nullable TraceContext trace;
  private @Nullable String identity;
  private Flow.@Nullable Publisher<ByteBuf> argument;
  private String caller = "tester";
  private volatile Flow.@Nullable Publisher<ByteBuf> stream;
  private volatile long endedNanos;
  private volatile LoadReport load = LoadReport.NONE;
  private volatile byte[] replied = new byte[0];

  TestCall(OperationKey key, byte[] message, Duration deadline) {
    this.key = key;
    this.message = message;
    this.deadlineNanos = Ticker.system().nowNanos() + deadline.toNanos();
    this.encoded = PooledByteBufAllocator.DEFAULT.buffer(message.length).writeBytes(message);
  }

  static TestCall say(String text) {
    return say(text, Duration.ofSeconds(30));
  }

  static TestCall say(String text, Duration deadline) {
    return new TestCall(ECHO, text.getBytes(StandardCharsets.UTF_8), deadline);
  }

  static TestCall note(String text) {
    return new TestCall(NOTE, text.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(30));
  }

  static TestCall large(int bytes) {
    byte[] message = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      message[i] = (byte) (i * 31 + (i >>> 8));
    }
    return new TestCall(ECHO, message, Duration.ofSeconds(30));
  }

  TestCall traced(TraceContext context) {
    trace = context;
    return this;
  }

  TestCall onBehalfOf(String who) {
    identity = who;
    return this;
  }

  TestCall from(String name) {
    caller = name;
    return this;
  }

  /** Gives the call a streamed argument. */
  TestCall with(Flow.Publisher<ByteBuf> elements) {
    argument = elements;
    return this;
  }

  /** The stream that was replied; null before. */
  Flow.@Nullable Publisher<ByteBuf> stream() {
    return stream;
  }

  /** The ends it was told: a call that keeps its promises has exactly one. */
  List<String> ends() {
    return ends;
  }

  byte[] reply() {
    return replied;
  }

  byte[] message() {
    return message;
  }

  LoadReport load() {
    return load;
  }

  /** How long after its deadline it ended; negative if before. */
  Duration late() {
    return Duration.ofNanos(endedNanos - deadlineNanos);
  }

  @Override
  public OperationKey key() {
    return key;
  }

  @Override
  public int instance() {
    return 3;
  }

  @Override
  public @Nullable ByteBuf takePayload() {
    ByteBuf taken = encoded;
    encoded = null;
    return taken;
  }

  @Override
  public Object localMessage() {
    return new String(message, StandardCharsets.UTF_8);
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public int attempt() {
    return 2;
  }

  @Override
  public Priority priority() {
    return Priority.HIGH;
  }

  @Override
  public String caller() {
    return caller;
  }

  @Override
  public @Nullable TraceContext trace() {
    return trace;
  }

  @Override
  public @Nullable String identity() {
    return identity;
  }

  @Override
  public Flow.@Nullable Publisher<ByteBuf> argument() {
    return argument;
  }

  @Override
  protected void onReplyStream(Flow.Publisher<ByteBuf> elements, LoadReport report) {
    stream = elements;
    end("stream", report);
  }

  @Override
  protected void onReply(ByteBuf payload, boolean error, LoadReport report) {
    replied = new byte[payload.readableBytes()];
    payload.readBytes(replied);
    String text =
        replied.length > 100
            ? replied.length + " bytes"
            : new String(replied, StandardCharsets.UTF_8);
    end((error ? "error " : "reply ") + text, report);
  }

  @Override
  protected void onLocalReply(Object value, boolean error, LoadReport report) {
    end((error ? "error " : "reply ") + value, report);
  }

  @Override
  protected void onAccepted(LoadReport report) {
    end("accepted", report);
  }

  @Override
  protected void onRefused(Refusal refusal, LoadReport report) {
    end("refused " + refusal.reason(), report);
  }

  @Override
  protected void onFailed(LinkFailure failure, boolean mayHaveRun, String detail) {
    end(failure + (mayHaveRun ? " may have run" : " not started"), LoadReport.NONE);
  }

  private void end(String how, LoadReport report) {
    endedNanos = Ticker.system().nowNanos();
    load = report;
    ends.add(how);
  }
}
