package io.actormesh.runtime.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What single keys cannot say: contradictions, and what a profile does not allow. */
final class SettingsRules {

  private final NodeSettings settings;
  private final StrictConfig root;

  private SettingsRules(NodeSettings settings, StrictConfig root) {
    this.settings = settings;
    this.root = root;
  }

  static void check(NodeSettings settings, StrictConfig root) {
    SettingsRules rules = new SettingsRules(settings, root);
    rules.hostCanBeDialled();
    rules.portsDiffer();
    rules.linkIsConsistent();
    rules.tlsIsComplete();
    rules.adminCanBeAsked();
    rules.docsHaveTheirDocument();
    rules.accessLogGoesSomewhere();
    rules.spanBatchFitsIntoItsQueue();
    if (settings.profile() == NodeSettings.Profile.PROD) {
      rules.prodIsNotOnLoopback();
      rules.prodHasSeeds();
    }
  }

  private void hostCanBeDialled() {
    if (Hosts.isWildcard(settings.node().host())) {
      root.refuse(
          "cluster.host",
          "other nodes cannot dial " + settings.node().host(),
          "Set cluster.host (MESH_HOST) to this machine's address, and cluster.bind-host to the"
              + " wildcard");
    }
  }

  private void portsDiffer() {
    Map<String, HostPort> bound = new LinkedHashMap<>();
    bind(bound, "cluster.port", settings.node().bindHost(), settings.cluster().bindPort());
    bind(bound, "link.port", settings.node().bindHost(), settings.link().bindPort());
    bind(bound, "admin.port", settings.admin().bindHost(), settings.admin().port());
    settings
        .ingress()
        .port()
        .ifPresent(port -> bind(bound, "ingress.port", settings.ingress().bindHost(), port));
  }

  private void bind(Map<String, HostPort> bound, String key, String host, int port) {
    HostPort mine = new HostPort(host, port);
    bound.forEach(
        (other, taken) -> {
          boolean anyFreePort = port == 0;
          if (taken.port() == port && !anyFreePort && overlap(taken.host(), host)) {
            root.refuseEither(
                key,
                other,
                "port " + port + " is meant for both " + other + " and " + key,
                "Give each its own port, or 0 for any free one");
          }
        });
    bound.put(key, mine);
  }

  private static boolean overlap(String one, String other) {
    return one.equals(other) || Hosts.isWildcard(one) || Hosts.isWildcard(other);
  }

  private void linkIsConsistent() {
    NodeSettings.Link link = settings.link();
    if (root.sound("link.dead-after", "link.silent-after")
        && link.deadAfter().compareTo(link.silentAfter()) < 0) {
      root.refuseEither(
          "link.dead-after",
          "link.silent-after",
          "dead-after is shorter than silent-after",
          "Set link.dead-after to at least " + Units.show(link.silentAfter()));
    }
    if (root.sound("link.write-buffer.low", "link.write-buffer.high")
        && link.writeBufferLow() >= link.writeBufferHigh()) {
      root.refuseEither(
          "link.write-buffer.low",
          "link.write-buffer.high",
          "write-buffer.low is not below write-buffer.high",
          "Set link.write-buffer.low below " + Units.showBytes(link.writeBufferHigh()));
    }
  }

  /** Nodes that look each other up ask at admin ports. */
  private void adminCanBeAsked() {
    boolean unreachable =
        Hosts.isLoopback(settings.admin().bindHost()) && !Hosts.isLoopback(settings.node().host());
    if (settings.cluster().looksUp() && unreachable) {
      root.refuse(
          "admin.bind-host",
          "the other nodes cannot ask this one for a mesh to join, as discovery.method = "
              + settings.cluster().discovery()
              + " has them do",
          "Set admin.bind-host to an address that they reach");
    }
  }

  private void docsHaveTheirDocument() {
    NodeSettings.IngressApi api = settings.ingress().api();
    if (root.sound("ingress.openapi.enabled", "ingress.docs.enabled")
        && api.docs().orElse(false)
        && !api.enabled()) {
      root.refuseEither(
          "ingress.docs.enabled",
          "ingress.openapi.enabled",
          "the page /docs shows /openapi.json, which is off",
          "Set ingress.openapi.enabled = on, or ingress.docs.enabled = off");
    }
  }

  private void accessLogGoesSomewhere() {
    NodeSettings.AccessLog log = settings.ingress().accessLog();
    if (root.sound("ingress.access-log.logger", "ingress.access-log.enabled")
        && log.enabled()
        && !log.logger()
        && log.file().isEmpty()) {
      root.refuseEither(
          "ingress.access-log.logger",
          "ingress.access-log.file",
          "the access log is on, but goes nowhere",
          "Set ingress.access-log.logger = on, or ingress.access-log.file to a path");
    }
  }

  private void spanBatchFitsIntoItsQueue() {
    NodeSettings.Tracing tracing = settings.tracing();
    if (root.sound("tracing.batch", "tracing.queue") && tracing.batch() > tracing.queue()) {
      root.refuseEither(
          "tracing.batch",
          "tracing.queue",
          "tracing.batch is larger than tracing.queue",
          "Set tracing.queue to at least " + tracing.batch());
    }
  }

  private void tlsIsComplete() {
    if (!root.sound("cluster.tls.enabled")) {
      return;
    }
    NodeSettings.Tls tls = settings.tls();
    tlsFile("cluster.tls.key-file", tls.key().isPresent());
    tlsFile("cluster.tls.certificate-file", tls.certificate().isPresent());
    tlsFile("cluster.tls.authority-file", tls.authorities().isPresent());
  }

  private void tlsFile(String key, boolean present) {
    boolean enabled = settings.tls().enabled();
    if (enabled && !present) {
      root.refuse(key, "is empty, but TLS is on", "Set it to the path of a PEM file");
    } else if (!enabled && present) {
      root.refuse(
          key, "is set, but TLS is off", "Set actormesh.cluster.tls.enabled = on, or empty it");
    }
  }

  private void prodIsNotOnLoopback() {
    Map<String, String> hosts = new LinkedHashMap<>();
    hosts.put("cluster.host", settings.node().host());
    hosts.put("cluster.bind-host", settings.node().bindHost());
    hosts.values().removeIf(Predicate.not(Hosts::isLoopback));
    hosts.forEach(
        (key, host) ->
            root.refuse(
                key,
                "the profile prod does not run on loopback (" + host + ")",
                "Set actormesh."
                    + key
                    + (key.equals("cluster.host") ? " (MESH_HOST)" : "")
                    + " to an address that the other nodes reach"));
  }

  private void prodHasSeeds() {
    if (root.sound("discovery.seeds")
        && settings.cluster().seeds().isEmpty()
        && !settings.cluster().looksUp()) {
      root.refuse(
          "discovery.seeds",
          "the profile prod does not form a mesh of its own by accident",
          "Set actormesh.discovery.seeds (MESH_SEEDS) to host:port of the first nodes, the same"
              + " list on every node, or actormesh.discovery.method to one that looks nodes up");
    }
    if (settings.cluster().seeds().stream().anyMatch(seed -> Hosts.isLoopback(seed.host()))) {
      root.refuse(
          "discovery.seeds",
          "the profile prod does not join a seed on loopback",
          "Set actormesh.discovery.seeds (MESH_SEEDS) to addresses that every node reaches");
    }
  }
}
