package io.actormesh.membership.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.actormesh.membership.MembershipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @ParameterizedTest
  @CsvSource({
    "mesh-0.mesh:7355, mesh-0.mesh, 7355",
    "' 10.0.0.1 : 1 ', 10.0.0.1,    1",
    "[fd00::7]:65535,  fd00::7,     65535",
  })
  void readsNamesAndAddresses(String text, String host, int port) {
    assertThat(HostPort.parse("MESH_SEEDS", text)).isEqualTo(new HostPort(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "mesh", ":7355", "mesh:", "mesh:0", "mesh:65536", "fd00::7:1", "a b:1"})
  void namesTheSourceOfWhatItCannotRead(String text) {
    assertThatThrownBy(() -> HostPort.parse("MESH_SEEDS", text))
        .isInstanceOf(MembershipException.class)
        .hasMessageStartingWith("MESH_SEEDS: '" + text + "'")
        .hasMessageContaining("host:port");
  }

  @Test
  void printsAnAddressSoThatItCanBeReadAgain() {
    HostPort v6 = new HostPort("fd00::7", 7355);
    assertThat(HostPort.parse("test", v6.toString())).isEqualTo(v6);
  }

  @Test
  void theDefaultIsAMeshOfItsOwn() {
    FormationSettings settings =
        FormationSettings.from(ConfigFactory.load().getConfig("actormesh.discovery"), "mesh", 7626);
    assertThat(settings.method().describe()).isEqualTo("self");
    assertThat(settings.joinTimeout()).hasSeconds(60);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "method = seeds                     | seeds is empty",
        "method = seeds, seeds = [mesh]     | actormesh.discovery.seeds: 'mesh'",
        "join-timeout = 0s                  | join-timeout",
      })
  void whatCannotWorkIsRefusedWithItsKey(String change, String problem) {
    var discovery =
        ConfigFactory.parseString(change)
            .withFallback(ConfigFactory.load().getConfig("actormesh.discovery"));
    assertThatThrownBy(() -> FormationSettings.from(discovery, "mesh", 7626))
        .isInstanceOf(MembershipException.class)
        .hasMessageContaining(problem);
  }
}
