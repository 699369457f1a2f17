package io.actormesh.runtime.client;

import static io.actormesh.runtime.tracing.SpanAttributes.QUEUED;
import static io.actormesh.runtime.tracing.SpanAttributes.SERVED;
import static io.actormesh.runtime.tracing.SpanAttributes.STARTED;

import io.actormesh.router.Endpoint;
import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.call.TraceContext;
import io.actormesh.runtime.codec.CodecException;
import io.actormesh.runtime.failure.Attempt;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Started;
import io.actormesh.runtime.link.Link;
import io.actormesh.runtime.link.LinkFailure;
import io.actormesh.runtime.link.LoadReport;
import io.actormesh.runtime.link.OperationKey;
import io.actormesh.runtime.link.OutboundCall;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.StreamFailure;
import io.actormesh.runtime.stream.MeshSources;
import io.actormesh.runtime.stream.StreamFailures;
import io.actormesh.runtime.stream.StreamLife;
import io.actormesh.runtime.telemetry.EdgeStats;
import io.actormesh.runtime.tracing.MeshSpan;
import io.netty.buffer.ByteBuf;
import io.opentelemetry.api.common.Attributes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** One try of a call at one endpoint; counted at that endpoint from begin to end. */
final class CallAttempt<C> extends OutboundCall {

  private final Call<C> call;
  private final Endpoint endpoint;
  private final Link link;
  private final Ticker ticker;
  private final FailoverLayer failover;
  private final EdgeStats edge;
  private final long startedNanos;
  private @Nullable ByteBuf payload;
  private @Nullable MeshSpan span;
  private int number;
  private int requestBytes;

  CallAttempt(Call<C> call, Endpoint endpoint, Link link, Ticker ticker, FailoverLayer failover) {
    this.call = call;
    this.endpoint = endpoint;
    this.link = link;
    this.ticker = ticker;
    this.failover = failover;
    this.edge = call.target.stats().edge(call.caller, endpoint.label());
    this.startedNanos = ticker.nowNanos();
  }

  /**
   * Counts the attempt and makes it the call's present one.
   *
   * @return false if the call has ended meanwhile, so that nothing is left to send
   */
  boolean begin() {
    if (!endpoint.info().local()) {
      payload = call.sharePayload();
      if (payload == null) {
        return false;
      }
      requestBytes = payload.readableBytes();
    }
    number = call.countAttempt();
    if (call.span != null) {
      span = call.span.attempt(call.target, endpoint, number);
    }
    endpoint.begin();
    edge.begin();
    if (call.argument != null) {
      call.argument.carriedBy(edge);
    }
    call.current = this;
    return true;
  }

  /** Asks the serving node not to run it. */
  void recall() {
    link.recall(this);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  long startedNanos() {
    return startedNanos;
  }

  @Override
  public OperationKey key() {
    return call.target.key();
  }

  @Override
  public int instance() {
    return endpoint.id().instance();
  }

  @Override
  public @Nullable ByteBuf takePayload() {
    ByteBuf mine = payload;
    payload = null;
    return mine;
  }

  @Override
  public Object localMessage() {
    return call.message;
  }

  @Override
  public Flow.@Nullable Publisher<ByteBuf> argument() {
    return call.argument == null ? null : call.argument.published();
  }

  @Override
  public long deadlineNanos() {
    return call.deadlineNanos;
  }

  @Override
  public int attempt() {
    return number;
  }

  @Override
  public Priority priority() {
    return call.priority;
  }

  @Override
  public String caller() {
    return call.caller;
  }

  @Override
  public @Nullable TraceContext trace() {
    return span == null ? call.trace : span.trace();
  }

  @Override
  public @Nullable String identity() {
    return call.identity;
  }

  @Override
  protected void onReply(ByteBuf payload, boolean error, LoadReport load) {
    int bytes = payload.readableBytes();
    if (error) {
      reject(payload.toString(StandardCharsets.UTF_8), bytes);
      return;
    }
    Object reply;
    try {
      reply = call.target.codec().decodeReply(payload);
    } catch (CodecException unreadable) {
      fail(AttemptFailure.of(FailureCode.REPLY_NOT_READABLE, describe(unreadable)));
      return;
    }
    end(null, bytes);
    call.succeed(reply);
  }

  @Override
  protected void onLocalReply(Object reply, boolean error, LoadReport load) {
    if (error) {
      reject((String) reply, 0);
    } else if (call.target.operation().streamsReply()) {
      replied(
          MeshSources.read(
              source(reply), life(), call.target.streams().runner(), this::streamFailure));
    } else {
      end(null, 0);
      call.succeed(reply);
    }
  }

  @Override
  protected void onReplyStream(Flow.Publisher<ByteBuf> elements, LoadReport load) {
    if (call.target.operation().streamsReply()) {
      replied(
          MeshSources.received(
              elements, call.target.codec().replyElements(), life(), this::streamFailure));
    } else {
      super.onReplyStream(elements, load);
    }
  }

  private void replied(Source<Object, NotUsed> stream) {
    end(null, 0);
    if (!call.succeed(stream)) {
      // Nobody will ever see it: what feeds it is to learn of that now.
      call.target.streams().runner().discard(stream);
    }
  }

  private StreamLife life() {
    String name = "the reply of " + key().service() + "/" + key().operation();
    return new StreamLife(name, new EdgeStream(edge));
  }

  @SuppressWarnings("unchecked") // the host has checked it, and so its elements are
  private static Source<Object, NotUsed> source(Object reply) {
    return (Source<Object, NotUsed>) reply;
  }

  private MeshFailure streamFailure(StreamFailure failure) {
    FailureCode code = StreamFailures.ofReply(failure.fault());
    Duration elapsed = Duration.ofNanos(ticker.nowNanos() - startedNanos);
    Attempt attempt = new Attempt(endpoint.label(), elapsed, code, Started.YES);
    return StreamFailures.of(code, key().service(), key().operation(), failure, List.of(attempt));
  }

  @Override
  protected void onAccepted(LoadReport load) {
    end(null, 0);
    call.succeed(Done.getInstance());
  }

  @Override
  protected void onRefused(Refusal refusal, LoadReport load) {
    fail(AttemptFailure.of(refusal));
  }

  @Override
  protected void onFailed(LinkFailure failure, boolean mayHaveRun, String detail) {
    if (span != null) {
      span.event("link " + TracingLayer.lowerCase(failure), Attributes.empty());
    }
    fail(AttemptFailure.of(failure, mayHaveRun, detail));
  }

  private void reject(String text, int bytes) {
    AttemptFailure rejected = AttemptFailure.of(FailureCode.REJECTED, text);
    end(rejected, bytes);
    call.fail(rejected.toFailure(call));
  }

  private void fail(AttemptFailure failure) {
    end(failure, 0);
    failover.attemptFailed(call, this, failure);
  }

  private void end(@Nullable AttemptFailure failure, int replyBytes) {
    FailureCode code = failure == null ? null : failure.code();
    endpoint.end();
    edge.end(code, ticker.nowNanos() - startedNanos, requestBytes, replyBytes);
    if (span != null) {
      endSpan(span, failure);
    }
  }

  private void endSpan(MeshSpan ending, @Nullable AttemptFailure failure) {
    ending.set(QUEUED, queuedMicros()).set(SERVED, servedMicros());
    if (failure != null) {
      ending.set(STARTED, TracingLayer.lowerCase(failure.started()));
      ending.fail(failure.code(), failure.message());
    }
    ending.end();
  }

  private static String describe(CodecException unreadable) {
    return String.valueOf(unreadable.getMessage());
  }
}
