package io.actormesh.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import io.actormesh.runtime.config.Findings;
import io.actormesh.runtime.config.NodeSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manifests, read by the types of Kubernetes' API and compared with each other and the node.
 */
class ManifestsTest {

  private static final Map<String, String> SELECTOR = Map.of("app", "greeter");

  private Manifests manifests;

  @BeforeEach
  void read() throws IOException {
    manifests = Manifests.read();
  }

  @Test
  void everyFieldIsOneThatKubernetesKnows() throws Exception {
    assertThat(manifests.objects()).hasSize(8);
    for (Object object : manifests.objects()) {
      requireKnown(object, object.getClass().getSimpleName());
    }
  }

  @Test
  void kustomizeAppliesEveryFile() throws IOException {
    assertThat(Manifests.files()).allMatch(Manifests.kustomization()::contains);
  }

  @Test
  void servicesAndTheBudgetSelectThePodsByPortsThatTheyHave() {
    Map<String, String> labels =
        manifests.only(Deployment.class).getSpec().getTemplate().getMetadata().getLabels();
    assertThat(labels).containsAllEntriesOf(SELECTOR).containsKey("app.kubernetes.io/version");
    assertThat(manifests.only(Deployment.class).getSpec().getSelector().getMatchLabels())
        .isEqualTo(SELECTOR);
    assertThat(manifests.only(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
        .isEqualTo(SELECTOR);
    for (Service service : manifests.all(Service.class)) {
      assertThat(service.getSpec().getSelector()).isEqualTo(SELECTOR);
      assertThat(service.getSpec().getPorts())
          .extracting(ServicePort::getTargetPort)
          .allSatisfy(port -> assertThat(ports()).containsKey(port.getStrVal()));
    }
    assertThat(manifests.all(Service.class))
        .anySatisfy(
            nodes -> {
              assertThat(nodes.getSpec().getClusterIP()).isEqualTo("None");
              assertThat(nodes.getSpec().getPublishNotReadyAddresses()).isTrue();
            });
  }

  @Test
  void thePodMayListPodsAndNothingElse() {
    String account = manifests.only(ServiceAccount.class).getMetadata().getName();
    RoleBinding binding = manifests.only(RoleBinding.class);
    Role role = manifests.only(Role.class);

    assertThat(manifests.pod().getServiceAccountName()).isEqualTo(account);
    assertThat(binding.getSubjects())
        .singleElement()
        .satisfies(subject -> assertThat(subject.getName()).isEqualTo(account));
    assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
    PolicyRule rule = role.getRules().get(0);
    assertThat(role.getRules()).hasSize(1);
    assertThat(rule.getResources()).containsExactly("pods");
    assertThat(rule.getVerbs()).containsExactlyInAnyOrder("get", "watch", "list");
  }

  @Test
  void probesAskTheAdminPortAndNothingSleepsBeforeTheDrain() {
    for (Probe probe :
        List.of(
            manifests.container().getStartupProbe(),
            manifests.container().getReadinessProbe(),
            manifests.container().getLivenessProbe())) {
      assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("admin");
      assertThat(probe.getHttpGet().getPath()).isIn("/health/ready", "/health/live");
    }
    assertThat(manifests.container().getLifecycle()).isNull();
    assertThat(manifests.pod().getTerminationGracePeriodSeconds()).isGreaterThan(28);
    assertThat(manifests.pod().getEnableServiceLinks()).isFalse();
    assertThat(manifests.pod().getTopologySpreadConstraints()).hasSize(2);
  }

  @Test
  void aNodeAcceptsTheConfigurationAndTheVariables(@TempDir Path folder) throws IOException {
    Path labels =
        Files.writeString(folder.resolve("labels"), "app.kubernetes.io/version=\"1.0.0\"\n");
    Findings findings = new Findings();

    NodeSettings settings = NodeSettings.load(configuration(labels), variables(), findings);

    assertThat(findings.list()).allMatch(finding -> finding.path().contains("tls"));
    assertThat(settings.cluster().discovery()).isEqualTo("kubernetes");
    assertThat(settings.node().bindHost()).isEqualTo("0.0.0.0");
    assertThat(settings.node().version()).isEqualTo("1.0.0");
    assertThat(ports())
        .containsEntry("cluster", settings.cluster().port())
        .containsEntry("link", settings.link().port())
        .containsEntry("http", settings.ingress().port().getAsInt())
        .containsEntry("admin", settings.admin().port());
    assertThat(configuration(labels).getInt("actormesh.discovery.required-nodes"))
        .isEqualTo(manifests.only(Deployment.class).getSpec().getReplicas());
  }

  private Config configuration(Path labels) {
    String text = manifests.only(ConfigMap.class).getData().get("application.conf");
    return ConfigFactory.parseString(
            text, ConfigParseOptions.defaults().setOriginDescription("application.conf"))
        .withValue("actormesh.node.labels-file", ConfigValueFactory.fromAnyRef(labels.toString()))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  /** With what Kubernetes puts in the place of references. */
  private Map<String, String> variables() {
    Map<String, String> references =
        Map.of("metadata.name", "greeter-7d9f-x2x4p", "status.podIP", "10.1.2.3");
    Map<String, String> variables = new TreeMap<>();
    for (EnvVar each : manifests.container().getEnv()) {
      variables.put(
          each.getName(),
          each.getValue() != null
              ? each.getValue()
              : references.get(each.getValueFrom().getFieldRef().getFieldPath()));
    }
    return variables;
  }

  private Map<String, Integer> ports() {
    return manifests.container().getPorts().stream()
        .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
  }

  /** The model keeps what it does not know as additional properties. */
  private static void requireKnown(Object value, String path) throws Exception {
    if (value instanceof Collection<?> elements) {
      for (Object element : elements) {
        requireKnown(element, path + "[]");
      }
    } else if (value != null && value.getClass().getName().startsWith("io.fabric8.")) {
      requireKnownFields(value, path);
    }
  }

  private static void requireKnownFields(Object value, String path) throws Exception {
    for (Method method : value.getClass().getMethods()) {
      boolean getter = method.getName().startsWith("get") && method.getParameterCount() == 0;
      if (method.getName().equals("getAdditionalProperties")) {
        assertThat((Map<?, ?>) method.invoke(value)).as(path).isEmpty();
      } else if (getter && method.getDeclaringClass() != Object.class) {
        requireKnown(method.invoke(value), path + "." + method.getName().substring(3));
      }
    }
  }
}
