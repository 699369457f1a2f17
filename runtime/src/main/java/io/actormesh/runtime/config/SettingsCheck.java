package io.actormesh.runtime.config;

import static java.util.Map.Entry.comparingByValue;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The start-up self-check of settings that are right one by one but not together, or not on this
 * machine. Part of the one message that a start prints.
 */
public final class SettingsCheck {

  // What Kubernetes grants by default between SIGTERM and SIGKILL.
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final NodeSettings settings;
  private final List<Finding> findings = new ArrayList<>();

  private SettingsCheck(NodeSettings settings) {
    this.settings = settings;
  }

  /**
   * Everything that is doubtful or cannot work.
   *
   * @param settings the node's settings
   * @param deadlines of the operations that can be called, by {@code service/operation}
   * @param commonPoolParallelism {@code ForkJoinPool.getCommonPoolParallelism()}
   */
  public static List<Finding> check(
      NodeSettings settings, Map<String, Duration> deadlines, int commonPoolParallelism) {
    SettingsCheck check = new SettingsCheck(settings);
    check.timeoutsStandInOrder(deadlines);
    check.drainFitsTheGracePeriod();
    check.membersCanReachEachOther();
    check.connectionsExceedRequests();
    check.futuresHaveThreads(commonPoolParallelism);
    check.tlsFilesAreReadable();
    check.prodSaysWhatItRuns();
    return List.copyOf(check.findings);
  }

  /**
   * Refuses a method of discovery that is nowhere configured.
   *
   * @param application the whole configuration, Pekko's part included
   */
  public static List<Finding> discovery(NodeSettings settings, Config application) {
    String method = settings.cluster().discovery();
    boolean ours = Set.of("dns", "consul", "kubernetes").contains(method);
    String key = "pekko.discovery." + method + ".class";
    if (!settings.cluster().looksUp() || ours || application.hasPath(key)) {
      return List.of();
    }
    return List.of(
        Finding.error(
            "actormesh.discovery.method",
            "configuration",
            method + " is neither a method of the mesh nor configured: there is no " + key,
            "Set it to self, seeds, dns, consul or kubernetes, or configure that discovery"));
  }

  /** Refuses names of {@code node.services} that the application does not have. */
  public static List<Finding> hosted(NodeSettings settings, Set<String> application) {
    return new TreeSet<>(settings.node().services().names())
        .stream()
            .filter(name -> !application.contains(name))
            .map(name -> unknownService(name, application))
            .toList();
  }

  private static Finding unknownService(String name, Set<String> application) {
    String fix =
        NearestKey.of(name, application)
            .map(near -> "Did you mean " + near + "?")
            .orElseGet(() -> "It has " + String.join(", ", new TreeSet<>(application)));
    return Finding.error(
        "actormesh.node.services", "", "the application has no service " + name, fix);
  }

  private void timeoutsStandInOrder(Map<String, Duration> deadlines) {
    NodeSettings.Ingress ingress = settings.ingress();
    if (ingress.port().isEmpty()) {
      return;
    }
    Map<String, Duration> all = new TreeMap<>(deadlines);
    all.put("actormesh.ingress.max-deadline", ingress.maxDeadline());
    Map.Entry<String, Duration> longest = Collections.max(all.entrySet(), comparingByValue());
    Duration deadline = longest.getValue();
    Duration request = ingress.requestTimeout(deadline);
    if (deadline.compareTo(request) >= 0) {
      warn(
          "actormesh.ingress.request-timeout",
          Units.show(request)
              + " is not longer than the deadline of "
              + longest.getKey()
              + " ("
              + Units.show(deadline)
              + "), so the HTTP server gives up before the mesh says why",
          "Set it above the deadline, or leave it empty");
    }
    if (request.compareTo(ingress.idleTimeout()) >= 0) {
      warn(
          "actormesh.ingress.idle-timeout",
          Units.show(ingress.idleTimeout())
              + " is not longer than the request time-out ("
              + Units.show(request)
              + "), so silent connections are kept for longer than it says",
          "Set it above " + Units.show(request));
    }
  }

  private void drainFitsTheGracePeriod() {
    NodeSettings.Drain drain = settings.drain();
    Duration whole =
        settings.cluster().confirmationTimeout().plus(drain.quietPeriod()).plus(drain.patience());
    if (whole.compareTo(GRACE) >= 0) {
      warn(
          "actormesh.drain.patience",
          "leaving may take "
              + Units.show(whole)
              + ", and Kubernetes kills after "
              + Units.show(GRACE)
              + " by default",
          "Shorten it, or raise terminationGracePeriodSeconds above " + Units.show(whole));
    }
  }

  private void membersCanReachEachOther() {
    boolean loopback = Hosts.isLoopback(settings.node().host());
    settings.cluster().seeds().stream()
        .filter(seed -> loopback != Hosts.isLoopback(seed.host()))
        .forEach(
            seed ->
                warn(
                    "actormesh.cluster.host",
                    "this node is "
                        + settings.node().host()
                        + " and a seed is "
                        + seed
                        + ": one of them is on loopback, so they cannot call each other both ways",
                    "Set actormesh.cluster.host (MESH_HOST) to an address that the seed reaches"));
  }

  private void connectionsExceedRequests() {
    NodeSettings.Ingress ingress = settings.ingress();
    if (ingress.port().isPresent() && ingress.maxConnections() < ingress.maxInFlight()) {
      warn(
          "actormesh.ingress.max-connections",
          ingress.maxConnections()
              + " is less than max-in-flight ("
              + ingress.maxInFlight()
              + "), so connections are closed before any request is refused",
          "Set it well above max-in-flight");
    }
  }

  private void futuresHaveThreads(int commonPoolParallelism) {
    if (commonPoolParallelism < 2) {
      warn(
          "java.util.concurrent.ForkJoinPool.common.parallelism",
          "is "
              + commonPoolParallelism
              + ", so the JDK starts a thread for each asynchronous step of a CompletableFuture"
              + " without an executor; the mesh's own futures are not concerned",
          "Pass an executor to thenApplyAsync and the like, or set"
              + " -Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
    }
  }

  private void tlsFilesAreReadable() {
    NodeSettings.Tls tls = settings.tls();
    tls.key().ifPresent(file -> readable("actormesh.cluster.tls.key-file", file));
    tls.certificate().ifPresent(file -> readable("actormesh.cluster.tls.certificate-file", file));
    tls.authorities().ifPresent(file -> readable("actormesh.cluster.tls.authority-file", file));
  }

  private void readable(String key, Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      String problem = "the file " + file.toAbsolutePath() + " is not there or not readable";
      findings.add(Finding.error(key, "", problem, "Set it to the path of a PEM file"));
    }
  }

  private void prodSaysWhatItRuns() {
    if (settings.profile() != NodeSettings.Profile.PROD) {
      return;
    }
    if (settings.node().version().equals("0.0.0")) {
      warn(
          "actormesh.node.version",
          "nobody said which version of the application this is",
          "Set actormesh.node.version (MESH_VERSION)");
    }
    if (settings.ingress().port().isPresent() && !settings.ingress().security().guarded()) {
      warn(
          "actormesh.ingress.auth",
          "whoever reaches the front door can call everything that it exposes",
          "Configure auth.api-keys or auth.jwt, or access.rules; to keep callers out at a proxy"
              + " alone, say so with access.rules that allow anyone");
    }
    if (!settings.tls().enabled()) {
      warn(
          "actormesh.cluster.tls.enabled",
          "TLS is off: whoever reaches the ports of cluster and link can take part",
          "Turn it on, or keep both ports inside a network that you trust");
    }
  }

  private void warn(String path, String problem, String fix) {
    findings.add(Finding.warning(path, "", problem, fix));
  }
}
