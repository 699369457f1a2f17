package io.actormesh.runtime.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavadocTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " Plain. | Plain.",
        " {@code a < b && $1} | a < b && $1",
        " {@link java.util.List#of the list} | the list",
        " {@link #name} and {@linkplain Foo#bar} | name and Foo.bar",
        " a &lt;b&gt; &amp;lt; | a <b> &lt;",
        " <em>very</em> {@literal <b>} | very <b>",
        " 1 < 2 > 1 | 1 < 2 > 1",
        " mail me@home | mail me@home",
      })
  void javadocBecomesPlainText(String comment, String text) {
    assertThat(JavadocText.of(comment).body()).isEqualTo(text);
  }
}
