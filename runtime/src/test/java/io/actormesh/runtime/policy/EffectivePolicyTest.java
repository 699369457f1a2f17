package io.actormesh.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.policy.EffectivePolicy.Level;
import io.actormesh.runtime.policy.EffectivePolicy.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EffectivePolicyTest {

  private static final OperationDefaults GREET =
      new OperationDefaults(
          "greeter", "greet", Optional.of(Duration.ofMillis(2500)), Optional.empty(), true);

  @Test
  void everyValueTellsWhereItComesFrom() {
    ConfiguredPolicies policies =
        ConfiguredPoliciesTest.load(
            "default.codec = kryo\ngreeter {\n  throttle.queue = 7\n"
                + "  operations.greet.max-attempts = 1\n}");
    policies.register("greeter", List.of(GREET));

    EffectivePolicy effective = policies.effective("greeter");

    assertThat(effective.values())
        .containsEntry("codec", new Value("kryo", Level.DEFAULT, "application.conf:2"))
        .containsEntry("throttle.queue", new Value(7, Level.SERVICE, "application.conf:4"));
    assertThat(effective.values().get("execution"))
        .satisfies(v -> assertThat(v.value()).isEqualTo("dispatcher"))
        .satisfies(v -> assertThat(v.level()).isEqualTo(Level.DEFAULT))
        .satisfies(v -> assertThat(v.origin()).matches("reference\\.conf:\\d+"));
    assertThat(effective.operations().get("greet"))
        .containsEntry("deadline", new Value("2500 ms", Level.CONTRACT, "contract"))
        .containsEntry("idempotent", new Value(true, Level.CONTRACT, "contract"))
        .containsEntry("max-attempts", new Value(1, Level.OPERATION, "application.conf:5"));
  }

  @Test
  void aSystemPropertyIsNamedAsOne() {
    System.setProperty("actormesh.services.greeter.deadline", "3 s");
    try {
      ConfigFactory.invalidateCaches();
      EffectivePolicy effective =
          ConfiguredPolicies.load(ConfigFactory.load()).effective("greeter");

      assertThat(effective.values())
          .containsEntry(
              "deadline", new Value("3 s", Level.SERVICE, "-Dactormesh.services.greeter.deadline"));
    } finally {
      System.clearProperty("actormesh.services.greeter.deadline");
      ConfigFactory.invalidateCaches();
    }
  }

  @Test
  void whatHasBeenPublishedIsNamedAsPublishedAndTheRestIsNot() {
    ConfiguredPolicies policies = ConfiguredPoliciesTest.load("");
    policies.register("greeter", List.of(GREET));
    policies.publish(
        "greeter", ConfiguredPoliciesTest.withInstances(policies.of("greeter").current(), 4));

    EffectivePolicy effective = policies.effective("greeter");

    assertThat(effective.values())
        .containsEntry("instances", new Value(4, Level.PUBLISHED, "published"));
    assertThat(effective.values().get("codec")).extracting(Value::level).isEqualTo(Level.DEFAULT);
    assertThat(effective.operations().get("greet"))
        .containsEntry("deadline", new Value("2500 ms", Level.CONTRACT, "contract"));
  }

  @Test
  void theMapBecomesJson() throws JsonProcessingException {
    ConfiguredPolicies policies = ConfiguredPoliciesTest.load("");
    policies.register("greeter", List.of(GREET));

    String json = new JsonMapper().writeValueAsString(policies.effective("greeter").toMap());

    assertThat(json)
        .startsWith("{\"service\":\"greeter\",\"values\":{\"codec\":{\"value\":\"cbor\",")
        .contains(
            "\"greet\":{\"deadline\":"
                + "{\"value\":\"2500 ms\",\"level\":\"contract\",\"origin\":\"contract\"}");
  }
}
