package io.actormesh.runtime.telemetry;

import static java.util.Objects.requireNonNull;

import io.actormesh.runtime.call.Ticker;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that this node counts. Hands out the objects to count with, which are to be kept by those who
 * count, and renders everything for Prometheus. Thread-safe.
 *
 * <p>The node calls {@link #tick} about once a second, so that figures of the last seconds are of
 * the last seconds, and {@link #sweep} every few seconds.
 */
public final class CallMetrics implements AutoCloseable {

  /** The endpoint of calls that failed before one was chosen. */
  public static final String NO_ENDPOINT = "none";

  /** Stands for what is beyond the limit of edges, instances, links or routes. */
  public static final String OTHER = "other";

  private static final int MAX_ROUTES = 500;

  private final Ticker ticker;
  private final TelemetrySettings settings;
  private final Bounded<EdgeId, EdgeStats> edges;
  private final Bounded<EdgeId, EdgeStats> folded;
  private final Bounded<InstanceId, HostStats> instances;
  private final Bounded<String, LinkStats> links;
  private final Bounded<String, IngressStats> routes;
  private final EdgeStats otherEdge;
  private final HostStats otherInstance;
  private final LinkTraffic traffic = new LinkTraffic();
  private final LinkStats otherLink = new LinkStats(OTHER);
  private final IngressStats otherRoute = new IngressStats(OTHER);
  private final Map<String, OutputStats> outputs = new ConcurrentHashMap<>();
  private final LongAdder edgesFolded = new LongAdder();
  private final Tally hostRefusals = new Tally();
  private final Tally ingressRejections = new Tally();
  private final Tally ingressCuts = new Tally();
  private volatile Supplier<List<InstanceLoad>> loads = List::of;
  private volatile @Nullable Supplier<CertificateFigures> certificate;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmMetrics jvm;

  /** Counters that start at zero. */
  public CallMetrics(Ticker ticker, TelemetrySettings settings) {
    this.ticker = ticker;
    this.settings = settings;
    int limit = settings.maxEdges();
    edges = new Bounded<>(limit, id -> new EdgeStats(id, ticker));
    folded = new Bounded<>(Math.max(16, limit / 4), id -> new EdgeStats(id, ticker));
    instances = new Bounded<>(limit, id -> new HostStats(id, ticker));
    links = new Bounded<>(limit, LinkStats::new);
    routes = new Bounded<>(MAX_ROUTES, IngressStats::new);
    otherEdge = new EdgeStats(new EdgeId(OTHER, OTHER, OTHER, OTHER), ticker);
    otherInstance = new HostStats(new InstanceId(OTHER, 0), ticker);
    jvm = new JvmMetrics(registry);
    registry.getPrometheusRegistry().register(new MeshCollector(this));
  }

  /**
   * Where to count the calls of a caller to an operation at an endpoint. Look it up once per
   * endpoint and operation, not per call. Beyond the limit of edges the endpoint is {@link #OTHER},
   * and beyond a quarter more all else, too.
   */
  public EdgeStats edge(String caller, String service, String operation, String endpoint) {
    EdgeStats own = edges.of(new EdgeId(caller, service, operation, endpoint));
    if (own != null) {
      return own;
    }
    edgesFolded.increment();
    return orElse(folded.of(new EdgeId(caller, service, operation, OTHER)), otherEdge);
  }

  /** Where to count what an instance hosted here does. */
  public HostStats hosted(String service, int instance) {
    return orElse(instances.of(new InstanceId(service, instance)), otherInstance);
  }

  /**
   * A call was refused before an instance was chosen. Its service's name is not kept, for it comes
   * from the network.
   *
   * @param reason one of few fixed words, such as {@code UNKNOWN_SERVICE}
   */
  public void hostRefused(String reason) {
    hostRefusals.count(reason);
  }

  /**
   * Names where to read what the instances hosted here are busy with. Read by scrapes, on any
   * thread; the figures of instances that it no longer lists are forgotten after the retention.
   */
  public void loads(Supplier<List<InstanceLoad>> source) {
    loads = source;
  }

  /** Names where to read what certificate the front door shows. */
  public void certificate(Supplier<CertificateFigures> source) {
    certificate = source;
  }

  /** The front door's certificate, if it speaks TLS. */
  Optional<CertificateFigures> certificate() {
    Supplier<CertificateFigures> source = certificate;
    return source == null ? Optional.empty() : Optional.of(source.get());
  }

  /** Where to count the bytes and frames of all links. */
  public LinkTraffic traffic() {
    return traffic;
  }

  /** Where to note what becomes of the link to another node. */
  public LinkStats link(String peer) {
    return orElse(links.of(peer), otherLink);
  }

  /**
   * Where to count the requests of a route of the HTTP front door.
   *
   * @param route the route as declared, with its parameters' names and not their values
   */
  public IngressStats ingress(String route) {
    return orElse(routes.of(route), otherRoute);
  }

  /**
   * The front door refused a request because of who sent it.
   *
   * @param reason one of few fixed words, such as {@code expired}
   */
  public void ingressRejected(String reason) {
    ingressRejections.count(reason);
  }

  /** Requests refused because of who sent them, by reason. */
  public Map<String, Long> ingressRejections() {
    return ingressRejections.sums();
  }

  /**
   * The front door ended a connection because of what its client had sent.
   *
   * @param reason one of few fixed words, such as {@code flood}
   */
  public void ingressCut(String reason) {
    ingressCuts.count(reason);
  }

  /** Connections that the front door ended because of what came, by reason. */
  public Map<String, Long> ingressCuts() {
    return ingressCuts.sums();
  }

  /** Where to count what becomes of records that leave the node, such as {@code spans}. */
  public OutputStats output(String name) {
    return outputs.computeIfAbsent(name, OutputStats::new);
  }

  /** The figures of all outputs. */
  public Collection<OutputStats> outputs() {
    return outputs.values();
  }

  /** The figures of all edges. */
  public List<EdgeSnapshot> edges() {
    return allEdges().stream().map(EdgeStats::snapshot).toList();
  }

  /** The figures of all instances hosted here. */
  public List<HostSnapshot> instances() {
    Map<InstanceId, InstanceLoad> now = loadsNow();
    return allInstances().stream().map(host -> host.snapshot(now.get(host.id()))).toList();
  }

  /** Calls refused before an instance was chosen, by reason. */
  public Map<String, Long> hostRefusals() {
    return hostRefusals.sums();
  }

  /** The figures of the links to other nodes. */
  public List<LinkSnapshot> links() {
    List<LinkStats> all = new ArrayList<>(links.all());
    addIf(links.size() >= settings.maxEdges(), otherLink, all);
    return all.stream().map(LinkStats::snapshot).toList();
  }

  /** The figures of all routes. */
  public List<IngressSnapshot> routes() {
    List<IngressStats> all = new ArrayList<>(routes.all());
    addIf(routes.size() >= MAX_ROUTES, otherRoute, all);
    return all.stream().map(IngressStats::snapshot).toList();
  }

  /** How often {@link #edge} was asked for an edge beyond the limit. */
  public long edgesFolded() {
    return edgesFolded.sum();
  }

  /** Advances the figures of the last seconds; to be called about once a second, on any thread. */
  public void tick() {
    allEdges().forEach(EdgeStats::tick);
    allInstances().forEach(HostStats::tick);
  }

  /**
   * Forgets what has vanished, and has not been counted for a while, once it has been so for the
   * retention.
   *
   * @param present whether an edge's endpoint still exists; not asked about {@link #NO_ENDPOINT}
   */
  public void sweep(Predicate<EdgeId> present) {
    long now = ticker.nowNanos();
    edges
        .sweep(
            now,
            settings.retention(),
            (id, edge) -> id.endpoint().equals(NO_ENDPOINT) || present.test(id) || !edge.idle())
        .forEach(edge -> edge.retire(() -> again(edge.id())));
    Map<InstanceId, InstanceLoad> hosted = loadsNow();
    instances.sweep(now, settings.retention(), (id, host) -> hosted.containsKey(id));
    links.sweep(now, settings.retention(), (peer, link) -> link.present());
  }

  /** The registry behind, for meters of the application's own; they are exported along. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /**
   * Everything, for Prometheus.
   *
   * @param accept the scraper's {@code Accept} header, empty for the plain text format
   */
  public Exposition scrape(String accept) {
    return Exposition.of(registry, accept);
  }

  @Override
  public void close() {
    jvm.close();
    registry.close();
  }

  private EdgeStats again(EdgeId id) {
    return edge(id.caller(), id.service(), id.operation(), id.endpoint());
  }

  private Map<InstanceId, InstanceLoad> loadsNow() {
    return loads.get().stream()
        .collect(Collectors.toMap(InstanceLoad::id, load -> load, (one, other) -> other));
  }

  private List<EdgeStats> allEdges() {
    List<EdgeStats> all = new ArrayList<>(edges.all());
    all.addAll(folded.all());
    addIf(edgesFolded.sum() > 0, otherEdge, all);
    return all;
  }

  private List<HostStats> allInstances() {
    List<HostStats> all = new ArrayList<>(instances.all());
    addIf(instances.size() >= settings.maxEdges(), otherInstance, all);
    return all;
  }

  private static <T> void addIf(boolean needed, T other, List<T> all) {
    if (needed) {
      all.add(other);
    }
  }

  private static <T> T orElse(@Nullable T found, T other) {
    return found == null ? requireNonNull(other) : found;
  }
}
