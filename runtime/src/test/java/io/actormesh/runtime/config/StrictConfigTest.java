package io.actormesh.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictConfigTest {

  private final Findings findings = new Findings();

  @ParameterizedTest
  @CsvSource({"15 s, PT15S", "200ms, PT0.2S", "1 minute, PT1M", "0 s, PT0S"})
  void aDurationNeedsItsUnit(String text, Duration expected) {
    assertThat(read("d = \"" + text + "\"").duration("d", Duration.ZERO, Duration.ofHours(1)))
        .isEqualTo(expected);
    assertThat(findings.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"15", "\"15\"", "soon", "[1]", "{}", "on", "-1 s"})
  void whatIsNoDurationIsRefused(String text) {
    Duration placeholder = read("d = " + text).duration("d", Duration.ZERO, Duration.ofHours(1));

    assertThat(placeholder).isEqualTo(Duration.ZERO);
    assertThat(findings.list()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"4 MiB, 4194304", "1k, 1024", "2048, 2048"})
  void bytesMayHaveAUnit(String text, long expected) {
    assertThat(read("b = " + text).bytes("b", 1, 1 << 30)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"4, true", "\"4\", true", "4.5, false", "four, false", "11, false"})
  void anIntegerIsWholeAndInRange(String text, boolean good) {
    assertThat(read("i = " + text).integer("i", 1, 10)).isEqualTo(good ? 4 : 1);
    assertThat(findings.list()).hasSize(good ? 0 : 1);
  }

  @Test
  void aChoiceSuggestsTheNearest() {
    StrictConfig section = read("c = krio");

    assertThat(section.choice("c", Map.of("cbor", 1, "kryo", 2))).isNotNull();
    assertThat(findings.list())
        .singleElement()
        .hasToString(
            "test.c (application.conf:1): \"krio\" is not one of cbor, kryo. Did you mean kryo?");
  }

  @Test
  void anUnknownKeyOfAnotherSectionLeadsThere() {
    StrictConfig section = read("max-body = 1, ingress { max-body = 2 }");
    assertThat(section.integer("ingress.max-body", 1, 10)).isEqualTo(2);
    section.refuseUnknown();

    assertThat(findings.list())
        .singleElement()
        .satisfies(f -> assertThat(f.path()).isEqualTo("test.max-body"))
        .satisfies(f -> assertThat(f.fix()).isEqualTo("Did you mean test.ingress.max-body?"));
  }

  @Test
  void anUnknownSectionIsOneFindingAtItsFirstLine() {
    StrictConfig section = read("ok = 1\nzoo {\n  lion = 1\n  ape = 2\n}");
    assertThat(section.integer("ok", 1, 10)).isEqualTo(1);
    section.refuseUnknown();

    assertThat(findings.list())
        .singleElement()
        .hasToString("test.zoo (application.conf:4): unknown key. Remove it; known here: ok");
  }

  @Test
  void whatALibraryDeclaresIsNobodysMistake() {
    Config reference =
        ConfigFactory.parseResources("reference.conf").getConfig("actormesh").atPath("test.of");
    StrictConfig.of(reference, "test", findings).refuseUnknown();
    assertThat(findings.list()).isEmpty();

    Config overridden = ConfigFactory.parseString("test.of.typo = 1").withFallback(reference);
    StrictConfig.of(overridden, "test", findings).refuseUnknown();
    assertThat(findings.list()).hasSize(1);
  }

  @Test
  void aNameWithDotsIsQuoted() {
    read("\"a.b\" = 1").refuseUnknown();

    assertThat(findings.list())
        .singleElement()
        .satisfies(f -> assertThat(f.path()).isEqualTo("test.\"a.b\""));
  }

  @Test
  void theLineIsThatOfTheFileThatWins(@TempDir Path directory) throws IOException {
    Path winner = Files.writeString(directory.resolve("prod.conf"), "\n\ntest { a = x }\n");
    Path loser = Files.writeString(directory.resolve("base.conf"), "test { a = y, b = z }\n");
    Config config =
        ConfigFactory.parseFile(winner.toFile())
            .withFallback(ConfigFactory.parseFile(loser.toFile()));
    StrictConfig section = StrictConfig.of(config, "test", findings);

    assertThat(section.integer("a", 1, 2) + section.integer("b", 1, 2)).isEqualTo(2);
    assertThat(findings.list())
        .extracting(Finding::origin)
        .containsExactly(winner + ":3", loser + ":1");
  }

  @Test
  void aSectionOfTheWrongTypeIsReportedOnce() {
    StrictConfig section = read("s = 3");

    assertThat(section.integer("s.a", 1, 2) + section.integer("s.deep.b", 1, 2)).isEqualTo(2);
    section.refuseUnknown();
    assertThat(findings.list())
        .singleElement()
        .hasToString("test.s (application.conf:1): 3 is not a section. Write test.s { ... }");
  }

  @Test
  void everyWrongElementOfAListIsNamed() {
    List<String> texts = read("l = [ok, \"not ok\", [x]]").texts("l", TextRule.NAME);

    assertThat(texts).containsExactly("ok");
    assertThat(findings.list()).hasSize(2);
  }

  private StrictConfig read(String text) {
    ConfigParseOptions named =
        ConfigParseOptions.defaults().setOriginDescription("application.conf");
    return StrictConfig.at("test", ConfigFactory.parseString(text, named), findings);
  }
}
