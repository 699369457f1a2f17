package io.actormesh.runtime.node;

import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.cluster.Membership;
import io.actormesh.membership.formation.FormationSettings;
import io.actormesh.router.cluster.EndpointDirectory;
import io.actormesh.runtime.SuppressForbidden;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.client.ClientStreams;
import io.actormesh.runtime.client.Clients;
import io.actormesh.runtime.codec.Codecs;
import io.actormesh.runtime.codec.PayloadCodec;
import io.actormesh.runtime.config.NodeSettings;
import io.actormesh.runtime.external.Externals;
import io.actormesh.runtime.host.CallContexts;
import io.actormesh.runtime.host.Host;
import io.actormesh.runtime.host.HostDispatchers;
import io.actormesh.runtime.host.HostStreams;
import io.actormesh.runtime.ingress.Ingress;
import io.actormesh.runtime.link.LinkEnvironment;
import io.actormesh.runtime.link.LinkLoops;
import io.actormesh.runtime.link.LinkPeer;
import io.actormesh.runtime.link.LinkState;
import io.actormesh.runtime.link.LocalLink;
import io.actormesh.runtime.link.NettyLinkTransport;
import io.actormesh.runtime.observe.HostMetrics;
import io.actormesh.runtime.observe.LinkMetrics;
import io.actormesh.runtime.stream.StreamRunner;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.TelemetrySettings;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All parts of one node, put together in the order in which they start. Two flows meet here: calls
 * go from clients and front door over links to the host; knowledge goes from the cluster over the
 * registry to the endpoints that clients choose from.
 */
final class NodeAssembly {

  private static final Logger LOG = LoggerFactory.getLogger(NodeAssembly.class);

  /**
   * The same for all meshes: Pekko drops what comes from a system of another name without a word to
   * the sender, whereas a node of another mesh, by its cluster.name, is refused with the reason.
   */
  private static final String SYSTEM = "actormesh";

  private final NodePlan plan;
  private final NodeConfig config;
  private final Ticker ticker = Ticker.system();
  private final RandomGenerator random = new ThreadSafeRandom();
  private final LinkLoops loops;
  private final ActorSystem<Void> system;
  private final NodeId id;
  private final String name;
  private final Callbacks callbacks;
  private final CallMetrics metrics;
  private final Telemetry telemetry;
  private final HostDispatchers dispatchers;
  private final StreamRunner streams;
  private final Host host;
  private final LinkMetrics linkMetrics;
  private final NettyLinkTransport transport;
  private final Membership membership;
  private final EndpointDirectory endpoints;
  private final LinkDirectory links;
  private final Clients clients;
  private final Singles singles;
  private final Externals externals;
  private final ServiceHosting hosting;
  private final Lifecycle lifecycle;
  private final Housekeeping housekeeping;
  private final AdminDoor admin;
  private final Catalogue catalogue;
  private volatile @Nullable Ingress ingress;

  private NodeAssembly(NodePlan plan, Deque<Runnable> undo) {
    this.plan = plan;
    this.config = new NodeConfig(plan);
    NodeSettings settings = plan.settings();
    this.loops = LinkLoops.start(threadName(settings), settings.link().loops());
    undo.push(() -> shutdownLoops(Duration.ZERO));
    this.system = ActorSystem.create(Behaviors.empty(), SYSTEM, config.system());
    undo.push(system::terminate);
    this.id = Membership.nodeId(system);
    this.name = settings.name(port(id));
    this.callbacks = new Callbacks(name);
    this.metrics =
        new CallMetrics(
            ticker,
            new TelemetrySettings(
                settings.telemetry().maxEdges(), TelemetrySettings.DEFAULTS.retention()));
    this.telemetry = Telemetry.start(plan, name, metrics, random, clock());
    undo.push(() -> telemetry.close(Duration.ZERO));
    this.dispatchers = new HostDispatchers(system, loops.all(), ticker, config.hogAfter());
    this.streams = new StreamRunner(system, HostDispatchers.POOL);
    this.host =
        new Host(
            system,
            ticker,
            plan.policies(),
            dispatchers,
            new HostMetrics(metrics),
            new HostStreams(streams, config.subscribeTimeout(), settings.drain().streamPatience()),
            NodeAssembly::codec,
            telemetry.tracing());
    this.linkMetrics = new LinkMetrics(metrics);
    this.transport =
        NettyLinkTransport.start(
            config.link(this::self),
            new LinkEnvironment(loops, ticker, random, this::linkStateChanged, linkMetrics),
            new MemberGate(this::knownMembership),
            host);
    this.membership =
        Membership.start(
            system, descriptor(0, 0), config.membership(clock(), callbacks.executor()));
    this.endpoints =
        new EndpointDirectory(
            membership.registry().snapshot(), new PolicyBalancers(random, plan.policies()));
    this.links =
        new LinkDirectory(
            new LocalLink(host, ticker), new LocalLink(host, ticker), transport, endpoints);
    this.clients = new Clients(clientEnvironment());
    this.externals =
        new Externals(
            system,
            plan.application().getConfig("actormesh.external"),
            ticker,
            random,
            callbacks.executor());
    ServiceClients callable = new NodeClients(clients, externals);
    this.singles = new Singles(system, plan, host, membership, callable);
    this.hosting =
        new ServiceHosting(plan, host, membership.registry(), callable, singles, this::leaving);
    this.lifecycle = new Lifecycle(this);
    this.housekeeping = new Housekeeping(this);
    this.admin = new AdminDoor(this);
    this.catalogue = new Catalogue(this, plan.application().getConfig("actormesh"));
  }

  /** Puts the parts together; if one cannot start, those before it are ended. */
  static NodeAssembly of(NodePlan plan) {
    Deque<Runnable> undo = new ArrayDeque<>();
    try {
      return new NodeAssembly(plan, undo);
    } catch (RuntimeException failed) {
      undo.forEach(Runnable::run);
      throw StartFailures.of(threadName(plan.settings()), plan.settings(), failed);
    }
  }

  private Clients.Environment clientEnvironment() {
    return new Clients.Environment(
        name,
        ticker,
        random,
        endpoints::route,
        links::to,
        Codecs::named,
        PooledByteBufAllocator.DEFAULT,
        new ClientStreams(streams, PooledByteBufAllocator.DEFAULT, config.subscribeTimeout()),
        plan.policies(),
        metrics,
        callbacks.executor(),
        callbacks.completions(),
        Callbacks.MOST_COMPLETING,
        this::later,
        system.ignoreRef(),
        CallContexts::of,
        telemetry.tracing());
  }

  /** On the mesh's own threads: calls that wait must not wait for a starved application, too. */
  private void later(Duration delay, Runnable task) {
    var unused =
        system
            .scheduler()
            .scheduleOnce(
                delay,
                task,
                system
                    .dispatchers()
                    .lookup(DispatcherSelector.fromConfig("pekko.actor.internal-dispatcher")));
  }

  /** What the node tells the others of itself. */
  NodeDescriptor descriptor(int httpPort, int adminPort) {
    NodeSettings.Node node = plan.settings().node();
    return new NodeDescriptor(
        id,
        name,
        node.zone(),
        node.version(),
        node.labels(),
        node.host(),
        dialledLinkPort(),
        httpPort,
        adminPort);
  }

  /** What others dial: the port as set, which a mapping may lead to the one that is bound. */
  private int dialledLinkPort() {
    int set = plan.settings().link().port();
    return set == 0 ? transport.boundPort() : set;
  }

  private LinkPeer self() {
    return new LinkPeer(name, id.address(), id.incarnation(), plan.settings().node().host(), 0);
  }

  private boolean leaving() {
    return lifecycle.leaving();
  }

  /** Links may speak before membership has started; then nobody is known yet. */
  private Optional<Membership> knownMembership() {
    return Optional.ofNullable(membership);
  }

  private void linkStateChanged(LinkPeer peer, LinkState before, LinkState now, String why) {
    LOG.info("Link to {} is {} (was {}): {}", peer.name(), now, before, why);
    linkMetrics.onState(peer, before, now, why);
    links.onState(peer, before, now, why);
  }

  private void shutdownLoops(Duration patience) {
    var unused = loops.shutdown(patience);
  }

  /** Breaks every connection and ends the actor system without a word to the others. */
  void abort() {
    shutdownLoops(Duration.ZERO);
    system.terminate();
  }

  /** Ends what the actor system does not own, once that has ended. */
  CompletionStage<Done> release() {
    housekeeping.close();
    host.close();
    dispatchers.close();
    metrics.close();
    var unusedTelemetry = telemetry.close(Duration.ofSeconds(1));
    return transport
        .close(Duration.ZERO)
        .thenCompose(closed -> loops.shutdown(Duration.ofSeconds(1)))
        .thenApply(
            ended -> {
              callbacks.close();
              return Done.getInstance();
            });
  }

  private static Optional<PayloadCodec> codec(String codec) {
    try {
      return Optional.of(Codecs.named(codec));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private static String threadName(NodeSettings settings) {
    return settings.node().name().orElse("mesh");
  }

  private static int port(NodeId id) {
    return Integer.parseInt(id.address().substring(id.address().lastIndexOf(':') + 1));
  }

  @SuppressForbidden("registry entries tell people the time of day")
  private static InstantSource clock() {
    return InstantSource.system();
  }

  String name() {
    return name;
  }

  NodeId id() {
    return id;
  }

  NodeSettings settings() {
    return plan.settings();
  }

  NodePlan plan() {
    return plan;
  }

  Ticker ticker() {
    return ticker;
  }

  ActorSystem<Void> system() {
    return system;
  }

  CallMetrics metrics() {
    return metrics;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  Host host() {
    return host;
  }

  NettyLinkTransport transport() {
    return transport;
  }

  Membership membership() {
    return membership;
  }

  EndpointDirectory endpoints() {
    return endpoints;
  }

  LinkDirectory links() {
    return links;
  }

  Clients clients() {
    return clients;
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  Singles singles() {
    return singles;
  }

  ServiceHosting hosting() {
    return hosting;
  }

  AdminDoor admin() {
    return admin;
  }

  Externals externals() {
    return externals;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  FormationSettings formation() {
    return config.formation();
  }

  Housekeeping housekeeping() {
    return housekeeping;
  }

  RandomGenerator random() {
    return random;
  }

  void opened(Ingress door) {
    ingress = door;
  }

  ServiceDirectory directory() {
    return new ServiceDirectory(membership.registry(), endpoints);
  }

  Optional<Ingress> ingress() {
    return Optional.ofNullable(ingress);
  }

  int clusterPort() {
    return port(id);
  }

  OptionalInt httpPort() {
    return ingress().map(open -> OptionalInt.of(open.port())).orElseGet(OptionalInt::empty);
  }

  int adminPort() {
    return admin.port();
  }
}
