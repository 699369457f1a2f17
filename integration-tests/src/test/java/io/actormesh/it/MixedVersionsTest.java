package io.actormesh.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.actormesh.it.Versions.Asker;
import io.actormesh.it.Versions.New;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.testkit.jvm.JvmMesh;
import io.actormesh.testkit.jvm.JvmMeshTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM with the old version of a protocol, and this one with the new version. */
@JvmMeshTest(value = OldVersionNode.class, seeds = 1)
class MixedVersionsTest {

  private static MeshNode upgraded;

  @BeforeAll
  static void start(JvmMesh mesh) {
    mesh.start(List.of(mesh.node("old").jvm("-Dconfig.resource=versions.conf")));
    upgraded =
        Driver.start(
            mesh,
            MeshNode.builder()
                .host(New.contract("offer-cbor"), New::create)
                .host(New.contract("offer-kryo"), New::create),
            "all",
            ConfigFactory.load("versions"));
  }

  @AfterAll
  static void end() throws Exception {
    Driver.end(upgraded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quote-cbor", "quote-kryo"})
  void theNewOneCallsTheOldOne(String service) throws Exception {
    New.Priced priced =
        upgraded
            .client(New.contract(service))
            .<New.Priced>ask(r -> new New.Price(Optional.of("EUR"), "apple", r))
            .get(10, SECONDS);
    assertThat(priced).isEqualTo(new New.Priced("apple", Optional.empty(), 5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"offer-cbor", "offer-kryo"})
  void theOldOneCallsTheNewOne(String service) throws Exception {
    Asker.Answer answer =
        upgraded
            .client(Asker.CONTRACT)
            .<Asker.Answer>ask(r -> new Asker.Ask(service, "apple", r))
            .get(10, SECONDS);
    assertThat(answer.text()).isEqualTo("Priced[item=apple, cents=5]");
  }
}
