package io.actormesh.runtime.config;

import com.typesafe.config.Config;
import io.actormesh.membership.cluster.ClusterProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the settings, key by key. The keys' meanings are in reference.conf. */
final class NodeSettingsReader {

  private static final int MAX_PORT = 65_535;
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  private final StrictConfig root;
  private final Map<String, String> environment;

  private NodeSettingsReader(StrictConfig root, Map<String, String> environment) {
    this.root = root;
    this.environment = environment;
  }

  /** Reads the settings, and what else stands under {@code actormesh} but the policies. */
  static NodeSettings read(Config config, Map<String, String> environment, Findings findings) {
    Config resolved = ClusterProfile.resolved(config);
    Config whole = LabelsFile.under(Environment.over(resolved, environment, findings), findings);
    StrictConfig root = StrictConfig.of(whole, "actormesh", findings);
    NodeSettings settings = new NodeSettingsReader(root, environment).settings();
    SettingsRules.check(settings, root);
    root.refuseUnknown();
    return settings;
  }

  private NodeSettings settings() {
    root.open("services"); // read with the policies
    root.open("dispatchers"); // read by Pekko
    StrictConfig cluster = root.section("cluster");
    MembershipKeys.check(cluster, root.section("discovery"));
    ConsulKeys.check(root.section("consul"));
    ExternalKeys.check(root.section("external"));
    NodeSettings.Node node = node(root.section("node"), cluster);
    NodeSettings.Profile profile = root.choice("profile", NodeSettings.Profile.class);
    return new NodeSettings(
        profile,
        node,
        cluster(cluster, root.section("discovery")),
        link(root.section("link")),
        ingress(root.section("ingress"), node.bindHost(), profile),
        admin(root.section("admin"), node.bindHost()),
        drain(root.section("drain")),
        telemetry(root.section("telemetry")),
        ObservabilityKeys.tracing(root.section("tracing")),
        tls(cluster.section("tls")));
  }

  private static NodeSettings.Node node(StrictConfig node, StrictConfig cluster) {
    node.optionalText("labels-file", TextRule.PATH); // was laid beneath the labels
    String host = cluster.text("host", TextRule.HOST);
    return new NodeSettings.Node(
        node.optionalText("name", TextRule.LINE),
        host,
        cluster.optionalText("bind-host", TextRule.HOST).orElse(host),
        node.optionalText("zone", TextRule.NAME).orElse(""),
        node.text("version", TextRule.VERSION),
        node.textsByName("labels", TextRule.LABEL, TextRule.LABEL_VALUE),
        services(node));
  }

  private static NodeSettings.Services services(StrictConfig node) {
    List<String> names = node.texts("services", TextRule.NAME);
    if (names.equals(List.of("all"))) {
      return new NodeSettings.Services(true, Set.of());
    }
    return new NodeSettings.Services(
        false, names.equals(List.of("none")) ? Set.of() : Set.copyOf(names));
  }

  private static NodeSettings.Cluster cluster(StrictConfig cluster, StrictConfig discovery) {
    int port = port(cluster, "port");
    return new NodeSettings.Cluster(
        cluster.text("name", TextRule.CLUSTER),
        port,
        bindPort(cluster, port),
        discovery.text("method", TextRule.NAME),
        discovery.texts("seeds", TextRule.SEED).stream()
            .map(HostPort::parse)
            .flatMap(Optional::stream)
            .toList(),
        discovery.duration("join-timeout", seconds(1), seconds(3600)),
        cluster.duration("split-brain.stable-after", seconds(1), seconds(600)),
        cluster.duration("failure-detector.acceptable-pause", seconds(1), seconds(300)),
        cluster.duration("registry.confirm-timeout", millis(100), seconds(60)));
  }

  private static NodeSettings.Link link(StrictConfig link) {
    int port = port(link, "port");
    return new NodeSettings.Link(
        port,
        bindPort(link, port),
        link.integer("connections", 1, 16),
        link.integer("loops", 0, 1024),
        link.duration("connect-timeout", millis(10), seconds(60)),
        link.duration("silent-after", millis(100), seconds(60)),
        link.duration("dead-after", millis(100), seconds(600)),
        link.integer("credit.calls", 1, 1_000_000),
        link.bytes("credit.bytes", 64 * KIB, 4096 * MIB),
        (int) link.bytes("write-buffer.low", 1 * KIB, 256 * MIB),
        (int) link.bytes("write-buffer.high", 1 * KIB, 256 * MIB),
        link.bytes("max-unsent-replies", 64 * KIB, 4096 * MIB),
        link.bytes("max-reassembly", 64 * KIB, 4096 * MIB),
        new NodeSettings.LinkStream(
            link.integer("stream.window-elements", 1, 65_536),
            (int) link.bytes("stream.window-bytes", 1 * KIB, 1024 * MIB),
            link.duration("stream.subscribe-timeout", millis(10), seconds(3600)),
            link.integer("stream.max-open", 1, 1_000_000)));
  }

  private NodeSettings.Ingress ingress(
      StrictConfig ingress, String nodeBindHost, NodeSettings.Profile profile) {
    return new NodeSettings.Ingress(
        optionalPort(ingress),
        ingress.optionalText("bind-host", TextRule.HOST).orElse(nodeBindHost),
        ingress.bytes("max-body", 1 * KIB, 64 * MIB),
        ingress.duration("head-timeout", millis(100), seconds(3600)),
        ingress.duration("body-timeout", millis(10), seconds(3600)),
        ingress.duration("max-deadline", millis(10), seconds(3600)),
        ingress.flag("accept-priority"),
        ingress.flag("http2"),
        ingress.integer("max-in-flight", 1, 1_000_000),
        ingress.integer("max-connections", 1, 1_000_000),
        ingress.bytes("min-read-rate", 1 * KIB, 1024 * MIB),
        ingress.blank("request-timeout")
            ? Optional.empty()
            : Optional.of(ingress.duration("request-timeout", millis(10), seconds(86_400))),
        ingress.duration("idle-timeout", millis(100), seconds(86_400)),
        ObservabilityKeys.accessLog(ingress.section("access-log")),
        ingressStream(ingress.section("stream")),
        DoorSecurityReader.read(ingress, environment, profile == NodeSettings.Profile.PROD),
        ingressApi(ingress.section("openapi"), ingress.section("docs")),
        ingressTls(ingress.section("tls")));
  }

  private static NodeSettings.IngressApi ingressApi(StrictConfig openapi, StrictConfig docs) {
    return new NodeSettings.IngressApi(
        openapi.flag("enabled"),
        openapi.optionalText("title", TextRule.LINE),
        openapi.text("server", TextRule.SERVER),
        docs.blank("enabled") ? Optional.empty() : Optional.of(docs.flag("enabled")));
  }

  private static NodeSettings.IngressStream ingressStream(StrictConfig stream) {
    return new NodeSettings.IngressStream(
        stream.integer("max-open", 1, 1_000_000),
        stream.duration("heartbeat", millis(100), seconds(600)),
        stream.duration("retry", millis(1), seconds(3600)),
        (int) stream.bytes("max-element", 1 * KIB, 64 * MIB),
        stream.duration("write-timeout", millis(100), seconds(86_400)),
        stream.section("websocket").duration("ping-interval", millis(100), seconds(600)));
  }

  private static Optional<NodeSettings.IngressTls> ingressTls(StrictConfig tls) {
    Optional<Path> certificate = tls.optionalText("certificate-file", TextRule.PATH).map(Path::of);
    Optional<Path> key = tls.optionalText("key-file", TextRule.PATH).map(Path::of);
    Duration reloadInterval = tls.duration("reload-interval", millis(100), seconds(86_400));
    Duration warnBefore = tls.duration("warn-before", Duration.ZERO, Duration.ofDays(365));
    if (certificate.isPresent() != key.isPresent()) {
      tls.refuse(
          certificate.isPresent() ? "key-file" : "certificate-file",
          "is empty, but the other file is set",
          "Set both for TLS, or none");
    }
    return certificate.isPresent() && key.isPresent()
        ? Optional.of(
            new NodeSettings.IngressTls(certificate.get(), key.get(), reloadInterval, warnBefore))
        : Optional.empty();
  }

  private static NodeSettings.Admin admin(StrictConfig admin, String nodeBindHost) {
    return new NodeSettings.Admin(
        port(admin, "port"), admin.optionalText("bind-host", TextRule.HOST).orElse(nodeBindHost));
  }

  private static NodeSettings.Drain drain(StrictConfig drain) {
    return new NodeSettings.Drain(
        drain.duration("quiet-period", Duration.ZERO, seconds(60)),
        drain.duration("patience", Duration.ZERO, seconds(3600)),
        drain.duration("stream-patience", Duration.ZERO, seconds(3600)));
  }

  private static NodeSettings.Telemetry telemetry(StrictConfig telemetry) {
    return new NodeSettings.Telemetry(telemetry.integer("max-edges", 1, 1_000_000));
  }

  private static NodeSettings.Tls tls(StrictConfig tls) {
    return new NodeSettings.Tls(
        tls.flag("enabled"),
        tls.optionalText("key-file", TextRule.PATH).map(Path::of),
        tls.optionalText("certificate-file", TextRule.PATH).map(Path::of),
        tls.optionalText("authority-file", TextRule.PATH).map(Path::of));
  }

  private static int port(StrictConfig section, String key) {
    return section.integer(key, 0, MAX_PORT);
  }

  private static int bindPort(StrictConfig section, int port) {
    return section.blank("bind-port") ? port : port(section, "bind-port");
  }

  private static OptionalInt optionalPort(StrictConfig ingress) {
    return ingress.blank("port") ? OptionalInt.empty() : OptionalInt.of(port(ingress, "port"));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
