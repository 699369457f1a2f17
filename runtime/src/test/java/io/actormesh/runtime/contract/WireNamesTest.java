package io.actormesh.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireNamesTest {
  @ParameterizedTest
  @CsvSource({
    "Greet, greet",
    "ReserveStock, reserve-stock",
    "HTTPCall, http-call",
    "Sha256Sum, sha256-sum",
    "Old_Style, old-style",
    "ID, id",
  })
  void namesBecomeKebabCase(String javaName, String wireName) {
    assertThat(WireNames.kebab(javaName)).isEqualTo(wireName);
    assertThat(WireNames.isValid(wireName)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"''", "Greet", "9lives", "-a", "a_b", "a.b", "ä"})
  void otherNamesAreNoWireNames(String name) {
    assertThat(WireNames.isValid(name)).isFalse();
  }

  @Test
  void aWireNameHasAtMost63Characters() {
    assertThat(WireNames.isValid("a".repeat(63))).isTrue();
    assertThat(WireNames.isValid("a".repeat(64))).isFalse();
  }

  /** Nodes of all versions compute these; a change would cut them off from one another. */
  @ParameterizedTest
  @CsvSource({"name, -1925631784", "quantity, 1265812648", "replyTo, -1041410952"})
  void tagsNeverChange(String name, int tag) {
    assertThat(WireNames.tag(name)).isEqualTo(tag);
  }
}
