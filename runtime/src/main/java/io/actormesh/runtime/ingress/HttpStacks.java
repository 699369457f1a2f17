package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.actormesh.runtime.ingress.OpenConnections.Closing;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.impl.engine.HttpConnectionIdleTimeoutBidi;
import org.apache.pekko.http.impl.engine.http2.FrameEvent;
import org.apache.pekko.http.impl.engine.http2.Http2;
import org.apache.pekko.http.impl.engine.http2.Http2Blueprint;
import org.apache.pekko.http.impl.engine.http2.Http2Compliance;
import org.apache.pekko.http.impl.engine.http2.NoOpTelemetry$;
import org.apache.pekko.http.impl.engine.http2.ProtocolSwitch;
import org.apache.pekko.http.impl.engine.server.GracefulTerminatorStage;
import org.apache.pekko.http.impl.engine.server.HttpAttributes$;
import org.apache.pekko.http.impl.engine.server.ServerTerminator;
import org.apache.pekko.http.impl.engine.server.UpgradeToOtherProtocolResponseHeader;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.Http;
import org.apache.pekko.http.scaladsl.Http$;
import org.apache.pekko.http.scaladsl.HttpExt;
import org.apache.pekko.http.scaladsl.model.HttpProtocols;
import org.apache.pekko.http.scaladsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.headers.Upgrade;
import org.apache.pekko.http.scaladsl.model.http2.Http2SettingsHeader;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.IgnoreComplete$;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.Duration;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * What a connection speaks: HTTP/1.1, or HTTP/2 by prior knowledge, by upgrade or by ALPN.
 *
 * <p>This is the one class that uses Pekko HTTP's internals, because there is no other HTTP/2
 * without its own upgrade: that switches protocols before the request's body is read, so that the
 * connection dies of a body taken for frames. It would also leave upgraded connections out when it
 * closes, and hand each HTTP/2 request to another thread, which handlers that never block need not.
 */
final class HttpStacks {

  private static final String HTTP_2 = "h2";
  private static final String H2C = "h2c";
  private static final String HTTP_1_1 = "http/1.1";
  private static final AttributeKey<Object> STREAM = streamKey();
  private static final int UPGRADED_STREAM = 1;

  private final ServerSettings settings;
  private final boolean http2;
  private final @Nullable Supplier<SSLEngine> tls;
  private final Function<? super HttpRequest, CompletionStage<HttpResponse>> handler;
  private final OpenConnections connections;
  private final FrameLimits limits;
  private final ExecutionContext executor;
  private final LoggingAdapter log;
  private final HttpExt http;
  private final Flow<SslTlsInbound, SslTlsOutbound, ServerTerminator> http1Stack;
  private final Flow<SslTlsInbound, SslTlsOutbound, ServerTerminator> http2Stack;

  /**
   * @param http2 whether HTTP/2 is spoken beside HTTP/1.1
   * @param tls a new engine for each connection; null = cleartext
   */
  HttpStacks(
      ActorSystem<?> system,
      org.apache.pekko.http.javadsl.settings.ServerSettings settings,
      boolean http2,
      @Nullable Supplier<SSLEngine> tls,
      Function<
              ? super org.apache.pekko.http.javadsl.model.HttpRequest,
              CompletionStage<org.apache.pekko.http.javadsl.model.HttpResponse>>
          handler,
      OpenConnections connections,
      FrameLimits limits) {
    this.settings = (ServerSettings) settings;
    this.http2 = http2;
    this.tls = tls;
    this.handler = request -> scala(handler.apply(request));
    this.connections = connections;
    this.limits = limits;
    this.executor = system.executionContext();
    this.log = new CutStreamLog(system.classicSystem().log());
    this.http = Http.apply(system);
    this.http1Stack = http1(system);
    this.http2Stack = http2();
  }

  /** Speaks with one client; of use once. */
  Flow<ByteString, ByteString, CompletionStage<Closing>> flow(InetSocketAddress client) {
    BidiFlow<ByteString, ByteString, ByteString, ByteString, NotUsed> idle =
        BidiFlow.fromGraph(
            HttpConnectionIdleTimeoutBidi.apply(
                settings.timeouts().idleTimeout(), Option.apply(client)));
    return (tls == null ? cleartext() : encrypted(tls))
        .mapMaterializedValue(stack -> stack.<Closing>thenApply(this::closing))
        .addAttributes(attributes(client))
        .join(idle)
        .addAttributes(
            Http$.MODULE$.cancellationStrategyAttributeForDelay(
                settings.streamCancellationDelay()));
  }

  private static Attributes attributes(InetSocketAddress client) {
    return HttpAttributes$.MODULE$.remoteAddress(client);
  }

  private Flow<ByteString, ByteString, CompletionStage<ServerTerminator>> cleartext() {
    if (!http2) {
      return http1Stack
          .<CompletionStage<ServerTerminator>>mapMaterializedValue(
              CompletableFuture::completedFuture)
          .join(placebo());
    }
    return Flow.of(ByteString.class)
        .via(new PrefaceStage())
        .viaMat(
            stacks(ProtocolSwitch.byPreface(http1Stack.asScala(), http2Stack.asScala()))
                .join(placebo()),
            Keep.right());
  }

  private Flow<ByteString, ByteString, CompletionStage<ServerTerminator>> encrypted(
      Supplier<SSLEngine> engines) {
    SSLEngine engine = engines.get();
    return stacks(
            ProtocolSwitch.apply(
                first -> HTTP_2.equals(engine.getApplicationProtocol()) ? HTTP_2 : HTTP_1_1,
                http1Stack.asScala(),
                http2Stack.asScala()))
        .join(TLS.create(() -> engine, session -> {}, IgnoreComplete$.MODULE$));
  }

  /** More than the parser would take: the headers that it reads itself come on top of the limit. */
  private int largestHead() {
    var parser = settings.parserSettings();
    return parser.getMaxUriLength() + 8 * parser.getMaxHeaderValueLength();
  }

  private static Flow<SslTlsInbound, SslTlsOutbound, CompletionStage<ServerTerminator>> stacks(
      org.apache.pekko.stream.scaladsl.Flow<
              SslTlsInbound, SslTlsOutbound, scala.concurrent.Future<ServerTerminator>>
          stacks) {
    return stacks.asJava().mapMaterializedValue(FutureConverters::asJava);
  }

  private Flow<SslTlsInbound, SslTlsOutbound, ServerTerminator> http1(ActorSystem<?> system) {
    var server =
        BidiFlow.fromGraph(GracefulTerminatorStage.apply(system.classicSystem(), settings))
            .atop(BidiFlow.fromGraph(http.serverLayer(settings, Option.empty(), log, tls != null)));
    Flow<SslTlsInbound, SslTlsOutbound, ServerTerminator> stack =
        Flow.of(HttpRequest.class)
            .mapAsync(settings.pipeliningLimit(), this::upgradeOrHandle)
            .joinMat(server, Keep.right());
    return Flow.of(SslTlsInbound.class)
        .via(new FramingStage(largestHead()))
        .viaMat(stack, Keep.right());
  }

  private Flow<SslTlsInbound, SslTlsOutbound, ServerTerminator> http2() {
    BidiFlow<ByteString, SslTlsOutbound, SslTlsInbound, ByteString, NotUsed> plain =
        BidiFlow.fromFlows(
            Flow.of(ByteString.class).map(SendBytes::new),
            Flow.of(SslTlsInbound.class).collectType(SessionBytes.class).map(SessionBytes::bytes));
    return streams().joinMat(frames(noSettings(), null).atop(plain), Keep.right());
  }

  private Flow<HttpRequest, HttpResponse, NotUsed> streams() {
    return Flow.of(HttpRequest.class)
        .mapAsyncUnordered(
            settings.http2Settings().maxConcurrentStreams(),
            request -> {
              requireHeaders(request);
              Object stream = request.getAttribute(STREAM).orElseThrow();
              return handler
                  .apply(request)
                  .thenApply(response -> (HttpResponse) response.addAttribute(STREAM, stream));
            });
  }

  /**
   * Pekko leaves the text of pseudo-headers that it does not know among the headers.
   *
   * @throws Http2Compliance.Http2ProtocolException if there is one: it ends the connection, as all
   *     that is malformed in a head does
   */
  private static void requireHeaders(HttpRequest request) {
    for (Object header : request.getHeaders()) {
      if (!(header instanceof HttpHeader)) {
        throw new Http2Compliance.Http2ProtocolException("Unknown pseudo-header");
      }
    }
  }

  private BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, ServerTerminator> frames(
      Seq<FrameEvent.Setting> clientSettings, @Nullable CompletableFuture<Done> streamOne) {
    return BidiFlow.fromGraph(
            Http2Blueprint.serverStack(
                // The connection as a whole is timed already.
                settings.withTimeouts(settings.timeouts().withIdleTimeout(Duration.Inf())),
                new ClientFaultLog(),
                clientSettings,
                streamOne != null,
                NoOpTelemetry$.MODULE$,
                http.dateHeaderRendering()))
        .atop(
            BidiFlow.fromFlows(
                Flow.of(ByteString.class).via(new FarewellStage(connections, streamOne)),
                Flow.of(ByteString.class)))
        .atop(BidiFlow.fromGraph(new FrameGuard(limits)))
        // What a client does wrong is no error of ours, and strangers must not fill the log.
        .addAttributes(
            Attributes.createLogLevels(
                Attributes.logLevelOff(), Attributes.logLevelOff(), Attributes.logLevelOff()));
  }

  /** An upgrade is an offer, and HTTP/1.1 a right answer to it; with a body it is the only one. */
  private CompletionStage<HttpResponse> upgradeOrHandle(HttpRequest request) {
    if (http2 && tls == null && !connections.isLeaving() && request.entity().isKnownEmpty()) {
      Optional<Seq<FrameEvent.Setting>> clientSettings = upgradeSettings(request);
      if (clientSettings.isPresent()) {
        return CompletableFuture.completedFuture(upgrade(request, clientSettings.get()));
      }
    }
    return handler.apply(request);
  }

  private HttpResponse upgrade(HttpRequest request, Seq<FrameEvent.Setting> clientSettings) {
    CompletableFuture<Done> answered = new CompletableFuture<>();
    HttpRequest first =
        (HttpRequest)
            request
                .withProtocol(HttpProtocols.HTTP$div2$u002E0())
                .addAttribute(STREAM, (Object) UPGRADED_STREAM);
    Flow<ByteString, ByteString, NotUsed> frames =
        Flow.of(HttpRequest.class)
            .prepend(Source.single(first))
            .via(streams())
            .joinMat(frames(clientSettings, answered), Keep.right())
            .watchTermination((terminator, end) -> track(terminator, answered, end));
    return (HttpResponse)
        org.apache.pekko.http.javadsl.model.HttpResponse.create()
            .withStatus(StatusCodes.SWITCHING_PROTOCOLS)
            .addHeader(Connection.create("upgrade"))
            .addHeader(RawHeader.create("Upgrade", H2C))
            .addHeader(new UpgradeToOtherProtocolResponseHeader(widened(frames)));
  }

  /** The connection is known as an HTTP/1.1 one, which ends with the upgrade. */
  private NotUsed track(
      ServerTerminator terminator, CompletableFuture<Done> answered, CompletionStage<Done> end) {
    Closing frames = closing(terminator);
    Closing closing =
        hardDeadline ->
            answered
                .copy()
                .completeOnTimeout(Done.done(), hardDeadline.toNanos(), NANOSECONDS)
                .thenCompose(first -> frames.close(hardDeadline));
    connections.add(closing);
    var unused = end.whenComplete((done, failure) -> connections.remove(closing));
    return NotUsed.getInstance();
  }

  private Optional<Seq<FrameEvent.Setting>> upgradeSettings(HttpRequest request) {
    Optional<Upgrade> upgrade = request.getHeader(Upgrade.class);
    if (upgrade.isEmpty() || !upgrade.get().value().equalsIgnoreCase(H2C)) {
      return Optional.empty();
    }
    List<String> settings = new ArrayList<>(1);
    for (HttpHeader header : request.getHeaders()) {
      if (header.is(Http2SettingsHeader.name())) {
        settings.add(header.value());
      }
    }
    // A server must not upgrade without them, or if there are two (RFC 7540, section 3.2.1).
    return settings.size() == 1
        ? OptionConverters.toJava(Http2SettingsHeader.parse(settings.get(0), log).toOption())
        : Optional.empty();
  }

  private Closing closing(ServerTerminator terminator) {
    return hardDeadline ->
        FutureConverters.asJava(
            terminator.terminate(
                FiniteDuration.fromNanos(Math.max(1, hardDeadline.toNanos())), executor));
  }

  @SuppressWarnings("unchecked") // Scala's streams are covariant.
  private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>
      placebo() {
    return (BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>)
        (Object) TLSPlacebo.getInstance();
  }

  @SuppressWarnings("unchecked") // What it materializes is of no interest.
  private static org.apache.pekko.stream.scaladsl.Flow<ByteString, ByteString, Object> widened(
      Flow<ByteString, ByteString, NotUsed> flow) {
    return (org.apache.pekko.stream.scaladsl.Flow<ByteString, ByteString, Object>)
        (Object) flow.asScala();
  }

  private static Seq<FrameEvent.Setting> noSettings() {
    return CollectionConverters.<FrameEvent.Setting>asScala(List.of()).toSeq();
  }

  @SuppressWarnings("unchecked") // Scala's Int is Object to Java, and so is its key.
  private static AttributeKey<Object> streamKey() {
    return (AttributeKey<Object>) Http2.streamId();
  }

  /** Pekko's responses are all of the one class that implements both interfaces. */
  @SuppressWarnings("unchecked")
  private static CompletionStage<HttpResponse> scala(CompletionStage<?> response) {
    return (CompletionStage<HttpResponse>) response;
  }
}
