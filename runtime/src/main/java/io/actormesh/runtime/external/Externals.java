package io.actormesh.runtime.external;

import com.typesafe.config.Config;
import io.actormesh.membership.consul.Authorities;
import io.actormesh.runtime.call.Ticker;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.discovery.Discovery;
import org.apache.pekko.discovery.ServiceDiscovery;
import scala.concurrent.ExecutionContextExecutor;

/** The clients of services outside of the mesh, each made when it is first asked for. */
public final class Externals {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ActorSystem<?> system;
  private final Config external;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final Executor callbacks;
  private final ExecutionContextExecutor own;
  private final Map<String, ExternalClient> clients = new ConcurrentHashMap<>();

  /**
   * @param external the object {@code actormesh.external}
   * @param callbacks where replies complete
   */
  public Externals(
      ActorSystem<?> system,
      Config external,
      Ticker ticker,
      RandomGenerator random,
      Executor callbacks) {
    this.system = system;
    this.external = external;
    this.ticker = ticker;
    this.random = random;
    this.callbacks = callbacks;
    this.own =
        system
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig("pekko.actor.internal-dispatcher"));
  }

  /**
   * The client of a service; the same object each time.
   *
   * @throws io.actormesh.membership.MembershipException if its authorities' file cannot be used
   */
  public ExternalClient client(String service) {
    return clients.computeIfAbsent(service, this::make);
  }

  private ExternalClient make(String service) {
    ExternalSettings settings = ExternalSettings.of(external, service);
    Places places = new Places(source(settings), settings.lookupInterval(), ticker, random);
    ExternalParts parts =
        new ExternalParts(http(settings), ticker, random, callbacks, system.scheduler(), own);
    return new ExternalClient(settings, places, parts);
  }

  private HttpClient http(ExternalSettings settings) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(settings.connectTimeout()).executor(own);
    if (!settings.secure()) {
      // An upgrade to HTTP/2 would cost every connection a try, and be lost on many servers.
      builder.version(HttpClient.Version.HTTP_1_1);
    }
    String key = "actormesh.external." + settings.service() + ".authority-file";
    settings
        .authority()
        .ifPresent(authority -> builder.sslContext(Authorities.trusting(key, authority)));
    return builder.build();
  }

  private Supplier<CompletionStage<List<String>>> source(ExternalSettings settings) {
    ServiceDiscovery discovery = Discovery.get(system).loadServiceDiscovery(settings.discovery());
    return () ->
        discovery
            .lookup(settings.lookup(), PATIENCE)
            .thenApply(
                resolved ->
                    resolved.getAddresses().stream()
                        .map(target -> authority(settings, target))
                        .toList());
  }

  private static String authority(ExternalSettings settings, ServiceDiscovery.ResolvedTarget at) {
    // A certificate is for a name; without one the address saves a look-up.
    String host =
        settings.secure()
            ? at.host()
            : at.getAddress().map(address -> address.getHostAddress()).orElse(at.host());
    int port = at.getPort().map(Integer.class::cast).orElse(settings.port());
    return (host.contains(":") ? '[' + host + ']' : host) + ':' + port;
  }
}
