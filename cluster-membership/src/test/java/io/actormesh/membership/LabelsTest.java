package io.actormesh.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {

  @Test
  void readsKeysAndValuesAndIgnoresBlanksAroundThem() {
    assertThat(Labels.parse("MESH_LABELS", " tier = web ,query=a=b,flag="))
        .containsOnly(entry("tier", "web"), entry("query", "a=b"), entry("flag", ""));
  }

  @Test
  void aBlankTextIsNoLabels() {
    assertThat(Labels.parse("MESH_LABELS", "  ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'tier=web,'   | MESH_LABELS: has an empty part.",
        "'tier'        | MESH_LABELS: 'tier' has no '='.",
        "'=web'        | MESH_LABELS: '' in '=web' is no key",
        "'a b=1'       | MESH_LABELS: 'a b' in 'a b=1' is no key",
        "'a=1,a=2'     | MESH_LABELS: the key 'a' comes twice.",
      })
  void aWrongPartIsNamedTogetherWithTheFix(String text, String problem) {
    assertThatThrownBy(() -> Labels.parse("MESH_LABELS", text))
        .isInstanceOf(MembershipException.class)
        .hasMessageStartingWith(problem)
        .hasMessageContaining("Fix: Write it as key=value");
  }
}
