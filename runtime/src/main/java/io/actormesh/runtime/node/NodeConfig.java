package io.actormesh.runtime.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.actormesh.membership.cluster.ClusterAddress;
import io.actormesh.membership.cluster.ClusterConfig;
import io.actormesh.membership.cluster.ClusterProfile;
import io.actormesh.membership.cluster.ClusterSettings;
import io.actormesh.membership.cluster.MembershipSettings;
import io.actormesh.membership.cluster.SplitBrain;
import io.actormesh.membership.cluster.TlsFiles;
import io.actormesh.membership.formation.BootstrapConfig;
import io.actormesh.membership.formation.FormationMethod;
import io.actormesh.membership.formation.FormationSettings;
import io.actormesh.membership.formation.HostPort;
import io.actormesh.membership.registry.RegistrySettings;
import io.actormesh.runtime.config.NodeSettings;
import io.actormesh.runtime.config.NodeSettings.Profile;
import io.actormesh.runtime.link.LinkLimits;
import io.actormesh.runtime.link.LinkPeer;
import io.actormesh.runtime.link.LinkSettings;
import io.actormesh.runtime.link.LinkTimes;
import io.actormesh.runtime.link.LinkTls;
import io.actormesh.runtime.link.StreamLimits;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The node's settings in the terms of the parts that it is made of. */
final class NodeConfig {

  /** What a drain needs beyond its parts, so that no phase of the shutdown cuts it short. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final String ROLES = "pekko.cluster.roles";

  private static final Duration HOG_AFTER = Duration.ofMillis(50);

  private final NodePlan plan;
  private final NodeSettings settings;
  private final Config actormesh;

  NodeConfig(NodePlan plan) {
    this.plan = plan;
    this.settings = plan.settings();
    this.actormesh = plan.application().getConfig("actormesh");
  }

  /** The configuration of the node's actor system. */
  Config system() {
    return ConfigFactory.parseString(
            // The mesh drains in one task of the first phase, and all phases after it have little
            // left to do.
            "pekko.coordinated-shutdown.phases.before-service-unbind.timeout = "
                + drainTimeout().toMillis()
                + " ms\n"
                // Leaving is drain's work. A system that is terminated otherwise ends as in a
                // crash.
                + "pekko.coordinated-shutdown.run-by-actor-system-terminate = off\n")
        .withFallback(roles())
        .withFallback(BootstrapConfig.of(formation().method(), discovery()))
        .withFallback(ClusterConfig.of(cluster()))
        .withFallback(plan.application());
  }

  /** The application's roles, and those that tell which single services may run here. */
  private Config roles() {
    List<String> roles = new ArrayList<>(plan.application().getStringList(ROLES));
    plan.hostings().stream()
        .filter(hosting -> hosting.placement().isSingle())
        .forEach(hosting -> roles.add(Singles.role(hosting.contract().name())));
    return ConfigFactory.empty().withValue(ROLES, ConfigValueFactory.fromIterable(roles));
  }

  /** The longest that a drain may take in all. */
  Duration drainTimeout() {
    NodeSettings.Drain drain = settings.drain();
    return settings
        .cluster()
        .confirmationTimeout()
        .plus(drain.quietPeriod())
        .plus(drain.patience())
        .plus(settings.tracing().exportTimeout())
        .plus(actormesh.getDuration("consul.timeout").multipliedBy(2))
        .plus(MARGIN);
  }

  MembershipSettings membership(InstantSource clock, Executor callbacks) {
    return new MembershipSettings(
        formation(),
        RegistrySettings.from(actormesh.getConfig("cluster.registry")),
        clock,
        callbacks);
  }

  /** How this node joins. Seeds alone say enough, so that MESH_SEEDS does. */
  FormationSettings formation() {
    NodeSettings.Cluster cluster = settings.cluster();
    if (!cluster.seeds().isEmpty()) {
      Duration lookup = discovery().getDuration("lookup-interval");
      FormationMethod method = FormationMethod.seeds(seeds());
      return new FormationSettings(method, cluster.joinTimeout(), lookup);
    }
    return FormationSettings.from(discovery(), cluster.name(), settings.admin().port());
  }

  private Config discovery() {
    return actormesh.getConfig("discovery");
  }

  LinkSettings link(Supplier<LinkPeer> self) {
    NodeSettings.Link link = settings.link();
    LinkLimits limits = LinkLimits.DEFAULT;
    return LinkSettings.of(settings.cluster().name(), self, settings.node().bindHost())
        .withPort(link.bindPort())
        .withConnections(link.connections())
        .withTimes(
            LinkTimes.DEFAULT
                .withSilence(link.silentAfter(), link.deadAfter())
                .withConnectTimeout(link.connectTimeout()))
        .withLimits(
            new LinkLimits(
                Math.max(limits.maxPayloadBytes(), plan.largestPayload()),
                limits.chunkBytes(),
                link.maxReassembly(),
                link.creditCalls(),
                link.creditBytes(),
                limits.waitingCalls(),
                link.writeBufferLow(),
                link.writeBufferHigh(),
                link.maxUnsentReplies()))
        .withStreams(
            new StreamLimits(
                link.stream().windowElements(),
                link.stream().windowBytes(),
                link.stream().subscribeTimeout(),
                link.stream().maxOpen()))
        .withTls(linkTls());
  }

  /** How long a stream waits for its reader. */
  Duration subscribeTimeout() {
    return settings.link().stream().subscribeTimeout();
  }

  /** How long one run of a handler may keep an event loop. */
  Duration hogAfter() {
    return HOG_AFTER;
  }

  private @Nullable LinkTls linkTls() {
    NodeSettings.Tls tls = settings.tls();
    if (!tls.enabled()) {
      return null;
    }
    try {
      return LinkTls.fromPem(
          tls.certificate().orElseThrow(),
          tls.key().orElseThrow(),
          tls.authorities().orElseThrow(),
          false);
    } catch (IOException unreadable) {
      throw new StartException(
          "The TLS files cannot be read.", List.of(String.valueOf(unreadable)), unreadable);
    }
  }

  private List<HostPort> seeds() {
    return settings.cluster().seeds().stream()
        .map(seed -> new HostPort(seed.host(), seed.port()))
        .toList();
  }

  private ClusterSettings cluster() {
    NodeSettings.Cluster cluster = settings.cluster();
    Config config = actormesh.getConfig("cluster");
    return new ClusterSettings(
        new ClusterAddress(
            settings.node().host(), cluster.port(), settings.node().bindHost(), cluster.bindPort()),
        settings.node().version(),
        new SplitBrain(
            config.getString("split-brain.strategy"),
            cluster.stableAfter(),
            config.getInt("split-brain.quorum-size")),
        config.getDuration("failure-detector.heartbeat-interval"),
        cluster.heartbeatPause(),
        actormesh.getDuration("discovery.seed-timeout"),
        settings.drain().patience(),
        config.getBytes("max-frame-size"),
        tls(),
        settings.profile() == Profile.PROD,
        ClusterProfile.of(config));
  }

  private Optional<TlsFiles> tls() {
    NodeSettings.Tls tls = settings.tls();
    if (!tls.enabled()) {
      return Optional.empty();
    }
    return Optional.of(
        new TlsFiles(
            tls.key().orElseThrow(),
            tls.certificate().orElseThrow(),
            tls.authorities().orElseThrow()));
  }
}
