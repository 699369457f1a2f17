package io.actormesh.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.config.ConfigurationException;
import io.actormesh.runtime.config.Finding;
import io.actormesh.runtime.config.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredPoliciesTest {

  private static final OperationDefaults GREET =
      new OperationDefaults(
          "greeter", "greet", Optional.of(Duration.ofSeconds(3)), Optional.of(Priority.HIGH), true);
  private static final OperationDefaults WAVE = OperationDefaults.of("greeter", "wave");

  @Test
  void aServiceThatNothingIsSaidAboutHasTheDefaults() {
    ServicePolicy policy = load("").of("greeter").current();

    assertThat(policy)
        .isEqualTo(
            new ServicePolicy(
                "greeter",
                "cbor",
                ExecutionModel.DISPATCHER,
                1,
                4 * 1024 * 1024,
                new ServicePolicy.Balance("power-of-two-choices"),
                new ServicePolicy.Throttle(1024, 512, 1024, 16 * 1024 * 1024, 10_000, 512),
                new ServicePolicy.Restart(Duration.ofMillis(200), Duration.ofSeconds(10)),
                new OperationPolicy(Duration.ofSeconds(15), Priority.NORMAL, false, 3),
                Map.of()));
  }

  @Test
  void theServiceBeatsTheDefaultAndTheOperationBeatsTheService() {
    ConfiguredPolicies policies =
        load(
            "default { codec = kryo, deadline = 1 s, max-attempts = 2 }\n"
                + "greeter { deadline = 2 s, operations.greet { deadline = 4 s } }");

    ServicePolicy greeter = policies.of("greeter").current();
    assertThat(greeter.codec()).isEqualTo("kryo");
    assertThat(greeter.operation("greet").deadline()).isEqualTo(Duration.ofSeconds(4));
    assertThat(greeter.operation("greet").maxAttempts()).isEqualTo(2);
    assertThat(greeter.operation("wave").deadline()).isEqualTo(Duration.ofSeconds(2));
    assertThat(policies.of("other").current().defaults().deadline())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theContractBeatsTheDefault() {
    ConfiguredPolicies policies = load("default.deadline = 1 s");
    policies.register("greeter", List.of(GREET, WAVE));

    ServicePolicy greeter = policies.of("greeter").current();
    assertThat(greeter.operation("greet"))
        .isEqualTo(new OperationPolicy(Duration.ofSeconds(3), Priority.HIGH, true, 3));
    assertThat(greeter.operation("wave"))
        .isEqualTo(new OperationPolicy(Duration.ofSeconds(1), Priority.NORMAL, false, 3));
  }

  @Test
  void whatIsSaidByNameBeatsTheContract() {
    ConfiguredPolicies policies =
        load(
            "greeter { priority = critical, operations { greet { idempotent = off },"
                + " wave { deadline = 9 s } } }");
    policies.register("greeter", List.of(GREET, WAVE));

    ServicePolicy greeter = policies.of("greeter").current();
    assertThat(greeter.operation("greet"))
        .isEqualTo(new OperationPolicy(Duration.ofSeconds(3), Priority.CRITICAL, false, 3));
    assertThat(greeter.operation("wave").deadline()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void theHolderStaysTheSameAndSeesAContractThatComesLater() {
    ConfiguredPolicies policies = load("");
    PublishedPolicy early = policies.of("greeter");

    policies.register("greeter", List.of(GREET));

    assertThat(early).isSameAs(policies.of("greeter"));
    assertThat(early.current().operation("greet").idempotent()).isTrue();
  }

  @Test
  void anOperationThatTheContractLacksIsRefused() {
    ConfiguredPolicies policies =
        load("greeter {\n operations {\n  gret { deadline = 1 s }\n  zzz { deadline = 1 s }\n } }");

    assertThatThrownBy(() -> policies.register("greeter", List.of(GREET, WAVE)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("actormesh.services.greeter.operations.gret  (application.conf:4)")
        .hasMessageContaining("Did you mean greet?")
        .hasMessageContaining("Known are greet, wave");
    assertThat(policies.of("greeter").current().operation("greet").idempotent()).isFalse();
  }

  @Test
  void aServiceCannotBeCalledDefault() {
    ConfiguredPolicies policies = load("");

    assertThatThrownBy(() -> policies.register("default", List.of()))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void servicesThatNobodyKnowsAreWarnedOf() {
    ConfiguredPolicies policies = load("greter.instances = 2\npricing.instances = 2");

    assertThat(policies.unknownServices(Set.of("greeter", "pricing")))
        .singleElement()
        .hasToString(
            "actormesh.services.greter (application.conf:2): no contract known to this node is"
                + " called so. Did you mean greeter?")
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.WARNING));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default.codec = json",
        "default.execution = event_loop",
        "default.instances = 0",
        "default.instances = 1025",
        "default.max-payload = 1 B",
        "default.max-payload = 65 MiB",
        "default.max-payload = 32 MiB",
        "default.balance.algorithm = random",
        "default.throttle.caller-in-flight = 0",
        "default.throttle.instance-in-flight = many",
        "default.throttle.queue = -1",
        "default.throttle.queue-bytes = 1 MiB",
        "default.restart.min-backoff = 11 s",
        "default.restart.max-backoff = 100 ms",
        "default.deadline = 15",
        "default.priority = urgent",
        "default.idempotent = perhaps",
        "default.max-attempts = 0",
        "default.operations { greet { deadline = 1 s } }",
        "greeter = 5",
        "greeter.instnaces = 2",
        "greeter.throttle.qeue = 2",
        "greeter.max-payload = 32 MiB",
        "greeter.restart.max-backoff = 100 ms",
        "greeter.operations = [greet]",
        "greeter.operations.greet.codec = kryo",
        "greeter.operations.greet.deadline = 0 s",
        "greeter.operations.greet.deadlin = 1 s",
      })
  void oneMistakeIsOneFinding(String mistake) {
    Findings findings = new Findings();

    assertThat(ConfiguredPolicies.load(config(mistake), findings)).isNotNull();
    assertThat(findings.list())
        .singleElement()
        .satisfies(f -> assertThat(f.origin()).isEqualTo("application.conf:2"));
  }

  @Test
  void allMistakesAreSaidAtOnce() {
    String text = "default.codec = json\ngreeter.instnaces = 2\ngreeter.deadline = soon";

    assertThatThrownBy(() -> load(text))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.findings())
                    .extracting(Finding::path, Finding::origin)
                    .containsExactlyInAnyOrder(
                        tuple("actormesh.services.default.codec", "application.conf:2"),
                        tuple("actormesh.services.greeter.instnaces", "application.conf:3"),
                        tuple("actormesh.services.greeter.deadline", "application.conf:4")));
  }

  @Test
  void aNullTakesTheDefaultBack() {
    assertThat(load("greeter.codec = null").of("greeter").current().codec()).isEqualTo("cbor");
  }

  @Test
  void aPolicyCanBeSwappedWhileServing() {
    ConfiguredPolicies policies = load("");
    PublishedPolicy held = policies.of("greeter");

    policies.publish("greeter", withInstances(held.current(), 7));

    assertThat(held.current().instances()).isEqualTo(7);
    assertThat(policies.of("other").current().instances()).isEqualTo(1);
  }

  @Test
  void registeringTheSameContractAgainLeavesAPublishedPolicyInForce() {
    ConfiguredPolicies policies = load("");
    policies.register("greeter", List.of(GREET));
    policies.publish("greeter", withInstances(policies.of("greeter").current(), 7));

    policies.register("greeter", List.of(GREET));
    assertThat(policies.of("greeter").current().instances()).isEqualTo(7);

    policies.register("greeter", List.of(GREET, WAVE));
    assertThat(policies.of("greeter").current().instances()).isEqualTo(1);
  }

  @Test
  void aPublishedPolicyIsHeldToTheSameRules() {
    ConfiguredPolicies policies = load("");
    ServicePolicy current = policies.of("greeter").current();

    assertThatThrownBy(() -> policies.publish("greeter", withInstances(current, 0)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("actormesh.services.greeter.instances")
        .hasMessageContaining("Allowed: 1 to 1024");
    assertThatThrownBy(() -> policies.publish("other", current))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(policies.of("greeter").current()).isSameAs(current);
  }

  static ServicePolicy withInstances(ServicePolicy policy, int instances) {
    return new ServicePolicy(
        policy.service(),
        policy.codec(),
        policy.execution(),
        instances,
        policy.maxPayload(),
        policy.balance(),
        policy.throttle(),
        policy.restart(),
        policy.defaults(),
        policy.operations());
  }

  static ConfiguredPolicies load(String text) {
    return ConfiguredPolicies.load(config(text));
  }

  /** The text stands in {@code actormesh.services { … }} from the second line on. */
  private static Config config(String text) {
    ConfigParseOptions named =
        ConfigParseOptions.defaults().setOriginDescription("application.conf");
    return ConfigFactory.parseString("actormesh.services {\n" + text + "\n}", named)
        .withFallback(ConfigFactory.parseResources("reference.conf"))
        .resolve();
  }
}
