package io.actormesh.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sections of Consul and of services outside of the mesh, as users write them. */
class ExternalKeysTest {

  @Test
  void aServiceMayLeaveOutWhatHasADefault() {
    assertThat(problems("external.billing {}")).isEmpty();
    assertThat(problems("external.billing { discovery = dns, deadline = 2 s, scheme = https }"))
        .isEmpty();
  }

  @Test
  void whatIsWrongOrUnknownInAServiceIsNamed() {
    assertThat(problems("external.billing { deadlin = 2 s, max-attempts = 0, scheme = ftp }"))
        .containsExactlyInAnyOrder(
            "actormesh.external.billing.deadlin",
            "actormesh.external.billing.max-attempts",
            "actormesh.external.billing.scheme");
  }

  @Test
  void consulHasOneTokenAndAnAddressThatIsAUrl() {
    assertThat(problems("consul { token = a, token-file = b, address = \"localhost:8500\" }"))
        .containsExactlyInAnyOrder("actormesh.consul.address", "actormesh.consul.token");
    assertThat(problems("consul { deregister-after = 10 s }"))
        .containsExactly("actormesh.consul.deregister-after");
  }

  private static List<String> problems(String settings) {
    Findings findings = new Findings();
    assertThat(
            NodeSettings.load(
                ConfigFactory.parseString("actormesh { " + settings + " }")
                    .withFallback(ConfigFactory.load()),
                Map.of(),
                findings))
        .isNotNull();
    return findings.list().stream().map(Finding::path).toList();
  }
}
