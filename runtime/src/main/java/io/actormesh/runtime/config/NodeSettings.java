package io.actormesh.runtime.config;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The settings of one node, read from {@code actormesh { … }} and the {@code MESH_*} environment
 * variables, checked and immutable. {@code docs/reference/configuration.md} describes every key.
 */
public record NodeSettings(
    Profile profile,
    Node node,
    Cluster cluster,
    Link link,
    Ingress ingress,
    Admin admin,
    Drain drain,
    Telemetry telemetry,
    Tracing tracing,
    Tls tls) {

  /** How careful the start is. */
  public enum Profile {
    /** Complete with nothing set: one node on loopback. */
    DEV,
    /** Refuses what is only safe in {@link #DEV}. */
    PROD
  }

  /**
   * Reads the settings.
   *
   * @param config the whole configuration, with {@code reference.conf} at its bottom, resolved
   * @param environment the environment variables; those that begin with {@code MESH_} win over the
   *     configuration, and an unknown one among them is refused
   * @throws ConfigurationException with everything that is wrong
   */
  public static NodeSettings load(Config config, Map<String, String> environment) {
    Findings findings = new Findings();
    NodeSettings settings = load(config, environment, findings);
    findings.throwIfAny();
    return settings;
  }

  /** As above; adds what is wrong to the findings, and then the result must not be used. */
  public static NodeSettings load(
      Config config, Map<String, String> environment, Findings findings) {
    return NodeSettingsReader.read(config, environment, findings);
  }

  /** The node's name: as set, else its host and the cluster port that it is bound to. */
  public String name(int boundClusterPort) {
    return node.name().orElseGet(() -> new HostPort(node.host(), boundClusterPort).toString());
  }

  /**
   * Who this node is.
   *
   * @param name as set; {@link NodeSettings#name(int)} has the default
   * @param host what other nodes dial
   * @param bindHost what cluster and link listen on
   * @param zone where it runs; empty if nobody said
   * @param version of the application it runs; {@code 0.0.0} if nobody said
   * @param labels whatever else routes may look at
   * @param services which of the application's services it hosts
   */
  public record Node(
      Optional<String> name,
      String host,
      String bindHost,
      String zone,
      String version,
      Map<String, String> labels,
      Services services) {

    public Node {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * Which of the application's services a node hosts.
   *
   * @param all whether it hosts all of them
   * @param names else these; none for a pure ingress
   */
  public record Services(boolean all, Set<String> names) {

    public Services {
      names = Set.copyOf(names);
    }

    /** Whether the node hosts the service. */
    public boolean includes(String service) {
      return all || names.contains(service);
    }
  }

  /**
   * The control plane.
   *
   * @param name of the mesh: nodes of different names do not join each other
   * @param port what others dial, 0 = any free one
   * @param bindPort what is listened on
   * @param discovery the method by which the nodes find each other
   * @param seeds whom to join; empty = as the method says
   * @param joinTimeout after which a node that joined nobody gives up
   * @param stableAfter how long a split must last before a side goes down
   * @param heartbeatPause the silence that makes a member unreachable
   * @param confirmationTimeout how long a registration waits for the other nodes' confirmation
   */
  public record Cluster(
      String name,
      int port,
      int bindPort,
      String discovery,
      List<HostPort> seeds,
      Duration joinTimeout,
      Duration stableAfter,
      Duration heartbeatPause,
      Duration confirmationTimeout) {

    public Cluster {
      seeds = List.copyOf(seeds);
    }

    /** Whether nodes are looked up, in DNS or the like, and not named in the settings. */
    public boolean looksUp() {
      return seeds.isEmpty() && !discovery.equals("self") && !discovery.equals("seeds");
    }
  }

  /**
   * The data plane.
   *
   * @param port what others dial, 0 = any free one
   * @param bindPort what is listened on
   * @param connections to each peer
   * @param loops event loops, 0 = one for each core
   * @param connectTimeout for the connection and the handshake
   * @param silentAfter the silence after which a peer takes no new calls
   * @param deadAfter the silence after which calls in flight fail
   * @param creditCalls calls a peer may have in flight to one service here
   * @param creditBytes bytes of requests a peer may have in flight to one service here
   * @param writeBufferLow at which a peer's connection counts as writable again, bytes
   * @param writeBufferHigh at which it no longer does, bytes
   * @param maxUnsentReplies bytes of unsent replies at which no more calls of the peer are admitted
   * @param maxReassembly bytes of chunked payloads being put together, per connection
   * @param stream what a stream holds
   */
  public record Link(
      int port,
      int bindPort,
      int connections,
      int loops,
      Duration connectTimeout,
      Duration silentAfter,
      Duration deadAfter,
      int creditCalls,
      long creditBytes,
      int writeBufferLow,
      int writeBufferHigh,
      long maxUnsentReplies,
      long maxReassembly,
      LinkStream stream) {}

  /**
   * The streams of the data plane.
   *
   * @param windowElements elements of a stream that may be under way or wait for their reader
   * @param windowBytes the bytes of those
   * @param subscribeTimeout how long a stream may be without a reader
   * @param maxOpen streams open at once on a connection, each way
   */
  public record LinkStream(
      int windowElements, int windowBytes, Duration subscribeTimeout, int maxOpen) {}

  /**
   * The HTTP front door.
   *
   * @param port empty = no front door, 0 = any free one
   * @param bindHost what it listens on
   * @param maxBody the largest request body in bytes
   * @param headTimeout how long a new connection may take to its first complete request head
   * @param bodyTimeout how long a body may take to arrive
   * @param maxDeadline the longest deadline that a client may ask for
   * @param acceptPriority whether clients may choose the priority of their calls
   * @param http2 whether HTTP/2 is spoken too
   * @param maxInFlight requests being served at once; more are refused with 503
   * @param maxConnections open at once; for more, those are closed that have been idle longest
   * @param minReadRate bytes of an answer that a client has to read in a second
   * @param requestTimeout as set; {@link #requestTimeout(Duration)} has the default
   * @param idleTimeout after which a connection that asks for nothing more is closed
   * @param accessLog the record of each request
   * @param stream streams of elements
   * @param security who may come in
   * @param api what it says about itself
   * @param tls empty = cleartext
   */
  public record Ingress(
      OptionalInt port,
      String bindHost,
      long maxBody,
      Duration headTimeout,
      Duration bodyTimeout,
      Duration maxDeadline,
      boolean acceptPriority,
      boolean http2,
      int maxInFlight,
      int maxConnections,
      long minReadRate,
      Optional<Duration> requestTimeout,
      Duration idleTimeout,
      AccessLog accessLog,
      IngressStream stream,
      DoorSecurity security,
      IngressApi api,
      Optional<IngressTls> tls) {

    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** The time-out of a request: as set, else the longest deadline of a call and five seconds. */
    public Duration requestTimeout(Duration longestDeadline) {
      return requestTimeout.orElseGet(() -> longestDeadline.plus(MARGIN));
    }
  }

  /**
   * A line for each request at the front door.
   *
   * @param enabled whether there is one
   * @param sample the share of ordinary requests that is written, 0 to 1
   * @param failures whether those with a status from 400 on are all written
   * @param slowAfter those that take longer are all written
   * @param logger whether lines go to the logger {@code actormesh.access}
   * @param file the file that lines go to
   * @param maxFileSize at which another file is begun, bytes
   * @param maxFiles how many are kept, the present one included
   * @param queue lines that may wait to be written; more are dropped and counted
   */
  public record AccessLog(
      boolean enabled,
      double sample,
      boolean failures,
      Duration slowAfter,
      boolean logger,
      Optional<Path> file,
      long maxFileSize,
      int maxFiles,
      int queue) {}

  /**
   * TLS at the front door.
   *
   * @param certificate a PEM file with the server's certificate, followed by intermediate ones
   * @param key a PEM file with its private key
   * @param reloadInterval how often the files are looked at
   * @param warnBefore how long before the certificate expires the log warns
   */
  public record IngressTls(
      Path certificate, Path key, Duration reloadInterval, Duration warnBefore) {}

  /**
   * Streaming operations at the front door.
   *
   * @param maxOpen streams open at once; more are refused with 503
   * @param heartbeat after which a quiet stream says that it lives
   * @param retry what clients of server-sent events are told to wait before they come back
   * @param maxElement the largest element that a client may send, in bytes
   * @param writeTimeout how long a client may take nothing of what waits for it
   * @param pingInterval after which a quiet WebSocket is pinged
   */
  public record IngressStream(
      int maxOpen,
      Duration heartbeat,
      Duration retry,
      int maxElement,
      Duration writeTimeout,
      Duration pingInterval) {}

  /**
   * What the front door says about itself.
   *
   * @param enabled whether {@code /openapi.json} is served
   * @param title the API's name; empty = the mesh's
   * @param server where clients find the API: an absolute path or URL
   * @param docs whether {@code /docs} is served; empty = in {@link Profile#DEV}
   */
  public record IngressApi(
      boolean enabled, Optional<String> title, String server, Optional<Boolean> docs) {}

  /**
   * Probes, metrics and the admin API.
   *
   * @param port 0 = any free one
   * @param bindHost what it listens on
   */
  public record Admin(int port, String bindHost) {}

  /**
   * The way out of the mesh.
   *
   * @param quietPeriod how long the front door answers with {@code Connection: close} before it
   *     stops listening
   * @param patience how long running calls may take to finish
   * @param streamPatience how long open streams may go on; at most the patience counts
   */
  public record Drain(Duration quietPeriod, Duration patience, Duration streamPatience) {}

  /**
   * What is counted.
   *
   * @param maxEdges how many different caller-operation-endpoint combinations have figures of their
   *     own
   */
  public record Telemetry(int maxEdges) {}

  /**
   * Spans, exported through OpenTelemetry.
   *
   * @param enabled whether there are any
   * @param endpoint the URL that takes them, OTLP over HTTP
   * @param headers sent with each request
   * @param sampleRatio the share of traces begun here that is recorded, 0 to 1
   * @param serviceName empty = the mesh's name
   * @param resource further attributes of the node
   * @param queue spans that may wait; more are dropped and counted
   * @param batch the most spans of one request
   * @param interval how long a span may wait for others
   * @param exportTimeout how long one request may take
   */
  public record Tracing(
      boolean enabled,
      String endpoint,
      Map<String, String> headers,
      double sampleRatio,
      Optional<String> serviceName,
      Map<String, String> resource,
      int queue,
      int batch,
      Duration interval,
      Duration exportTimeout) {

    public Tracing {
      headers = Map.copyOf(headers);
      resource = Map.copyOf(resource);
    }
  }

  /**
   * Mutual TLS for cluster and link, {@code actormesh.cluster.tls}.
   *
   * @param enabled whether it is on; if not, the paths are empty
   * @param key PEM file with the node's private key (PKCS #8)
   * @param certificate PEM file with the node's certificate chain
   * @param authorities PEM file with the certificates that peers must be signed by
   */
  public record Tls(
      boolean enabled,
      Optional<Path> key,
      Optional<Path> certificate,
      Optional<Path> authorities) {}
}
