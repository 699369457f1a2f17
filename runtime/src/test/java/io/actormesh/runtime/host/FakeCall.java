package io.actormesh.runtime.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.TraceContext;
import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.LoadReport;
import io.actormesh.runtime.link.OperationKey;
import io.actormesh.runtime.link.OutboundCall;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;

/** A call whose end the test can see. Remote if it has a payload, else local. */
@NullUnmarked // a test may leave out what it does not need
final class FakeCall extends InboundCall {

  /** How a call ended. */
  record End(String kind, Object value, LoadReport load) {
    RefusalReason reason() {
      return ((Refusal) value).reason();
    }
  }

  final OperationKey key;
  final CompletableFuture<End> end = new CompletableFuture<>();
  final AtomicInteger ends = new AtomicInteger();
  final long arrivedNanos = System.nanoTime();
  Object message;
  ByteBuf payload;
  int payloadBytes;
  int instance = OutboundCall.ANY_INSTANCE;
  long deadlineNanos = arrivedNanos + TimeUnit.SECONDS.toNanos(30);
  Priority priority = Priority.NORMAL;
  String caller = "test";
  private final AtomicBoolean taken = new AtomicBoolean();
  private Runnable listener;
  private boolean recalled;

  FakeCall(OperationKey key) {
    this.key = key;
  }

  static FakeCall local(OperationKey key, Object message) {
    FakeCall call = new FakeCall(key);
    call.message = message;
    return call;
  }

  static FakeCall remote(OperationKey key, ByteBuf payload) {
    FakeCall call = new FakeCall(key);
    call.payload = payload;
    call.payloadBytes = payload.readableBytes();
    return call;
  }

  FakeCall within(Duration time) {
    deadlineNanos = arrivedNanos + time.toNanos();
    return this;
  }

  FakeCall at(int chosen) {
    instance = chosen;
    return this;
  }

  FakeCall with(Priority chosen) {
    priority = chosen;
    return this;
  }

  End await() {
    return end.orTimeout(20, TimeUnit.SECONDS).join();
  }

  RefusalReason awaitRefusal() {
    End ended = await();
    if (!(ended.value() instanceof Refusal refusal)) {
      throw new AssertionError("not refused: " + ended);
    }
    return refusal.reason();
  }

  Object awaitReply() {
    End ended = await();
    if (!ended.kind().equals("reply")) {
      throw new AssertionError("not replied: " + ended);
    }
    return ended.value();
  }

  void recall() {
    Runnable told;
    synchronized (this) {
      recalled = true;
      told = listener;
    }
    if (told != null) {
      told.run();
    }
  }

  private boolean end(String kind, Object value, LoadReport load) {
    ends.incrementAndGet();
    // as a link does: what nobody has taken goes with the call
    if (payload != null && taken.compareAndSet(false, true)) {
      payload.release();
    }
    return end.complete(new End(kind, value, load));
  }

  @Override
  public OperationKey key() {
    return key;
  }

  @Override
  public int instance() {
    return instance;
  }

  @Override
  public boolean local() {
    return payload == null && message != null;
  }

  @Override
  public Object localMessage() {
    return message;
  }

  @Override
  public ByteBuf takePayload() {
    if (!taken.compareAndSet(false, true)) {
      throw new IllegalStateException("the payload was taken before, or the call has ended");
    }
    return payload;
  }

  @Override
  public int payloadBytes() {
    return payloadBytes;
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public long arrivedNanos() {
    return arrivedNanos;
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public Priority priority() {
    return priority;
  }

  @Override
  public String caller() {
    return caller;
  }

  @Override
  public TraceContext trace() {
    return null;
  }

  @Override
  public String identity() {
    return "ann";
  }

  @Override
  public ByteBufAllocator allocator() {
    return UnpooledByteBufAllocator.DEFAULT;
  }

  @Override
  public boolean reply(ByteBuf encoded, boolean error, LoadReport load) {
    String text = encoded.toString(UTF_8);
    encoded.release();
    return end(error ? "error" : "reply", text, load);
  }

  @Override
  public boolean replyLocal(Object reply, boolean error, LoadReport load) {
    return end(error ? "error" : "reply", reply, load);
  }

  @Override
  public boolean accept(LoadReport load) {
    return end("accepted", "", load);
  }

  @Override
  public boolean refuse(Refusal refusal, LoadReport load) {
    return end("refused", refusal, load);
  }

  @Override
  public void onRecall(Runnable told) {
    boolean now;
    synchronized (this) {
      listener = told;
      now = recalled;
    }
    if (now) {
      told.run();
    }
  }
}
