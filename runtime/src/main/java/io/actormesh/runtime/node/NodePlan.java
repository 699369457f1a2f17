package io.actormesh.runtime.node;

import static java.util.concurrent.ForkJoinPool.getCommonPoolParallelism;

import com.typesafe.config.Config;
import io.actormesh.membership.cluster.ClusterProfile;
import io.actormesh.runtime.codec.Codecs;
import io.actormesh.runtime.codec.ContractSelfCheck;
import io.actormesh.runtime.config.Finding;
import io.actormesh.runtime.config.Findings;
import io.actormesh.runtime.config.NodeSettings;
import io.actormesh.runtime.config.SettingsCheck;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.ingress.ExposedService;
import io.actormesh.runtime.ingress.Ingress;
import io.actormesh.runtime.ingress.TlsSettings;
import io.actormesh.runtime.policy.ConfiguredPolicies;
import io.actormesh.runtime.policy.OperationDefaults;
import io.actormesh.runtime.policy.ServicePolicy;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything a node needs to start, checked: settings, policies and contracts. All findings are
 * told at once.
 *
 * @param openTelemetry the application's, in whose terms spans are made; null = as the settings say
 * @param hostings the services this node hosts: those described and not left out by its settings
 */
record NodePlan(
    Config application,
    NodeSettings settings,
    ConfiguredPolicies policies,
    List<Hosting<?>> hostings,
    List<ExposedService<?>> exposed,
    List<Finding> warnings,
    @Nullable OpenTelemetry openTelemetry) {

  static NodePlan of(
      Config given,
      Map<String, String> environment,
      List<Hosting<?>> described,
      List<ExposedService<?>> exposed,
      @Nullable OpenTelemetry openTelemetry) {
    Config application = ClusterProfile.resolved(given);
    Findings findings = new Findings();
    NodeSettings settings = NodeSettings.load(application, environment, findings);
    ConfiguredPolicies policies = ConfiguredPolicies.load(application, findings);
    Map<String, ServiceContract<?>> contracts = new LinkedHashMap<>();
    described.forEach(hosting -> contracts.put(hosting.contract().name(), hosting.contract()));
    exposed.forEach(service -> contracts.put(service.contract().name(), service.contract()));
    contracts.values().forEach(contract -> register(contract, policies, findings));
    findings.throwIfAny();
    contracts.values().forEach(contract -> selfCheck(contract, policies, findings));
    findings.addAll(policies.unknownServices(contracts.keySet()));
    findings.addAll(SettingsCheck.discovery(settings, application));
    findings.addAll(SettingsCheck.hosted(settings, names(described)));
    findings.addAll(Publication.check(settings, application, exposed));
    findings.addAll(
        SettingsCheck.check(
            settings, deadlines(contracts.values(), policies), getCommonPoolParallelism()));
    if (settings.ingress().port().isPresent()) {
      findings.addAll(Ingress.check(settings.ingress().security(), exposed));
      findings.addAll(TlsSettings.check(settings, InstantSource.system()));
    }
    findings.throwIfAny();
    List<Hosting<?>> hostings =
        described.stream()
            .filter(hosting -> settings.node().services().includes(hosting.contract().name()))
            .toList();
    return new NodePlan(
        application,
        settings,
        policies,
        hostings,
        List.copyOf(exposed),
        findings.warnings(),
        openTelemetry);
  }

  /** The largest message or reply that any policy of this node lets pass. */
  int largestPayload() {
    return policies.services().stream()
        .mapToInt(service -> policies.of(service).current().maxPayload())
        .max()
        .orElse(0);
  }

  private static Set<String> names(List<Hosting<?>> hostings) {
    return hostings.stream()
        .map(hosting -> hosting.contract().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Duration> deadlines(
      Iterable<ServiceContract<?>> contracts, ConfiguredPolicies policies) {
    Map<String, Duration> deadlines = new TreeMap<>();
    for (ServiceContract<?> contract : contracts) {
      ServicePolicy policy = policies.of(contract.name()).current();
      contract
          .operations()
          .forEach(
              operation ->
                  deadlines.put(
                      contract.name() + "/" + operation.name(),
                      policy.operation(operation.name()).deadline()));
    }
    return deadlines;
  }

  static <C> void register(
      ServiceContract<C> contract, ConfiguredPolicies policies, Findings findings) {
    List<OperationDefaults> defaults =
        contract.operations().stream()
            .map(
                operation ->
                    new OperationDefaults(
                        contract.name(),
                        operation.name(),
                        operation.deadline(),
                        operation.priority(),
                        operation.idempotent()))
            .toList();
    policies.register(contract.name(), defaults, findings);
  }

  private static void selfCheck(
      ServiceContract<?> contract, ConfiguredPolicies policies, Findings findings) {
    String codec = policies.of(contract.name()).current().codec();
    for (String problem : ContractSelfCheck.check(contract, Codecs.named(codec))) {
      findings.add(
          Finding.error(
              "actormesh.services." + contract.name() + ".codec",
              "contract of " + contract.name(),
              problem,
              "Change the field's type, or the codec of the service."));
    }
  }
}
