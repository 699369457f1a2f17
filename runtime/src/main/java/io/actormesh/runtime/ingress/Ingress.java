package io.actormesh.runtime.ingress;

import io.actormesh.runtime.config.DoorSecurity;
import io.actormesh.runtime.config.Finding;
import io.actormesh.runtime.ingress.auth.AccessRules;
import io.actormesh.runtime.ingress.auth.Authenticator;
import io.actormesh.runtime.ingress.auth.GuardedRoute;
import io.actormesh.throttle.FixedLimit;
import io.actormesh.throttle.Limiter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.io.Inet;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;

/**
 * The HTTP front door of a node, open from {@link #start} to {@link #terminate}. Serves HTTP/1.1
 * and HTTP/2 (prior knowledge, or upgraded) on one port. Thread-safe.
 */
public final class Ingress {

  private final ActorSystem<?> system;
  private final IngressSettings settings;
  private final HttpServer server;
  private final Limiter limiter;
  private final Answers answers;
  private final ClientConnections clients;
  private final Cancellable sweeps;
  private final GuardPost post;
  private final StreamDrain streams;
  private final Optional<DoorTls> tls;

  private Ingress(
      ActorSystem<?> system,
      IngressSettings settings,
      HttpServer server,
      Limiter limiter,
      Answers answers,
      ClientConnections clients,
      GuardPost post,
      StreamDrain streams,
      Optional<DoorTls> tls) {
    this.system = system;
    this.settings = settings;
    this.server = server;
    this.limiter = limiter;
    this.answers = answers;
    this.clients = clients;
    this.streams = streams;
    this.tls = tls;
    Duration sweep = settings.connections().sweep();
    this.sweeps =
        system
            .scheduler()
            .scheduleWithFixedDelay(sweep, sweep, clients::sweep, system.executionContext());
    this.post = post;
  }

  /**
   * Opens the front door.
   *
   * @return completes when the port is bound, or with an exception that names the address
   * @throws RouteException if routes of two services cannot be told apart
   */
  public static CompletionStage<Ingress> start(
      ActorSystem<?> system,
      IngressSettings settings,
      Collection<? extends ExposedService<?>> services,
      IngressWiring wiring) {
    Limiter limiter = new FixedLimit(settings.maxInFlight());
    RequestMessages messages = new RequestMessages();
    Answers answers =
        new Answers(limiter, wiring, messages, settings.security().limits().response());
    Materializer materializer = SystemMaterializer.get(system).materializer();
    RouteTable routes = new RouteTable(services);
    GuardPost post = GuardPost.of(system, settings.security(), routes, wiring);
    RequestBody bodies = new RequestBody(settings, materializer);
    ClientConnections clients = new ClientConnections(settings.connections(), wiring.ticker());
    OpenStreams streams = new OpenStreams(settings.stream().maxOpen(), clients);
    StreamAnswers replies =
        new StreamAnswers(system, messages, answers, settings.stream(), wiring.ticker());
    WebSocketDoor sockets =
        new WebSocketDoor(system, settings, streams, messages, answers, replies, wiring.ticker());
    FrontDoor door =
        new FrontDoor(
            settings,
            wiring,
            routes,
            limiter,
            bodies,
            messages,
            answers,
            post.guard(),
            new StreamDoor(routes, streams, bodies, messages, answers, replies, sockets));
    FileDescriptors.warnIfFewerThan(settings.maxConnections());
    ServerSettings server = serverSettings(system, settings, clients);
    OpenConnections connections = new OpenConnections();
    Optional<DoorTls> tls =
        settings.tls().map(files -> DoorTls.load(files, settings.http2(), wiring.clock()));
    HttpStacks stacks =
        new HttpStacks(
            system,
            server,
            settings.http2(),
            tls.<Supplier<SSLEngine>>map(loaded -> loaded::engine).orElse(null),
            new ConnectionWatch(clients, door::handle),
            connections,
            FrameLimits.of(settings.security().limits(), wiring));
    tls.ifPresent(loaded -> wiring.observer().certificate(loaded::figures));
    InetSocketAddress address =
        InetSocketAddress.createUnresolved(settings.host(), settings.port());
    return post.ready(system)
        .thenCompose(
            fetched -> HttpServer.bind(system, address, server, stacks, connections, clients))
        .handle(
            (bound, failure) -> {
              if (failure != null) {
                post.close();
                throw new CompletionException(cannotBind(settings, failure));
              }
              tls.ifPresent(loaded -> watch(system, loaded));
              StreamDrain drain = new StreamDrain(system, streams, wiring.ticker());
              return new Ingress(
                  system, settings, bound, limiter, answers, clients, post, drain, tls);
            });
  }

  /**
   * What is wrong with who may come in, given what is exposed: files that cannot be read, rules
   * that fit nothing.
   */
  public static List<Finding> check(
      DoorSecurity security, Collection<? extends ExposedService<?>> services) {
    List<Finding> findings = new ArrayList<>(Authenticator.check(security.auth()));
    List<GuardedRoute> routes = new ArrayList<>();
    services.forEach(service -> service.routes().forEach(route -> routes.add(route.guarded())));
    findings.addAll(new AccessRules(security).findings(routes));
    return findings;
  }

  /** Until the system ends, like all that it schedules. */
  private static void watch(ActorSystem<?> system, DoorTls tls) {
    Duration interval = tls.settings().reloadInterval();
    var unused =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                interval,
                interval,
                tls::refresh,
                system.dispatchers().lookup(DispatcherSelector.blocking()));
  }

  /** The address that is bound; its port is the real one if 0 was asked for. */
  public InetSocketAddress address() {
    return server.localAddress();
  }

  /** The port that is bound. */
  public int port() {
    return server.localAddress().getPort();
  }

  /**
   * What needs attention though the door is open, a sentence each: a certificate that is about to
   * expire, or files of certificates and keys, or a key set, that could not be read again.
   */
  public List<String> warnings() {
    List<String> all = new ArrayList<>(tls.map(DoorTls::warnings).orElse(List.of()));
    all.addAll(post.warnings());
    return all;
  }

  /** Requests that are not answered yet. */
  public int inFlight() {
    return limiter.inFlight();
  }

  /** Open connections, those that are being cut included; looks at each of them. */
  public int connections() {
    return clients.count();
  }

  /** Streams that are not over yet. */
  public int openStreams() {
    return streams.open();
  }

  /**
   * Begins to leave: everything is still served, but every HTTP/1.1 response asks its client to
   * close the connection, and HTTP/2 clients are sent a GOAWAY that refuses nothing, so that
   * closing connections afterwards hits nobody. Streams go on for a patience of their own, then end
   * and tell their clients to come back elsewhere.
   *
   * @return completes when the quiet period of the settings is over
   */
  public CompletionStage<Done> drain() {
    answers.leave();
    server.leave();
    streams.endIn(settings.stream().patience());
    CompletableFuture<Done> over = new CompletableFuture<>();
    system
        .scheduler()
        .scheduleOnce(
            settings.quietPeriod(), () -> over.complete(Done.done()), system.executionContext());
    return over;
  }

  /**
   * Closes the front door: no new connection or request is taken, idle connections are closed at
   * once, requests in flight are answered if they end in time. HTTP/2 clients are sent GOAWAY.
   *
   * @param hardDeadline how long requests in flight may take; then their connections are closed
   * @return completes when all connections are closed
   */
  public CompletionStage<Done> terminate(Duration hardDeadline) {
    answers.leave();
    post.close();
    return server
        .unbind()
        .thenCompose(unbound -> streams.end(hardDeadline))
        .thenCompose(server::terminate)
        .whenComplete((closed, failure) -> sweeps.cancel());
  }

  /** {@link #drain}, then {@link #terminate} within the settings' time. */
  public CompletionStage<Done> stop() {
    return drain().thenCompose(quiet -> terminate(settings.patience()));
  }

  private static ServerSettings serverSettings(
      ActorSystem<?> system, IngressSettings settings, ClientConnections clients) {
    ServerSettings server = IngressConfig.serverSettings(settings, system.settings().config());
    List<Inet.SocketOption> options = new ArrayList<>(List.of(clients));
    server.getSocketOptions().forEach(options::add);
    return server.withSocketOptions(options);
  }

  private static IllegalStateException cannotBind(IngressSettings settings, Throwable failure) {
    return new IllegalStateException(
        "cannot bind the HTTP ingress to "
            + settings.host()
            + ":"
            + settings.port()
            + ": is the port taken? Set MESH_HTTP_PORT or actormesh.ingress.port, 0 for a free one",
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure);
  }
}
