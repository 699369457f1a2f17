package io.actormesh.runtime.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

  @ParameterizedTest
  @ValueSource(strings = {"ann", "spiffe://example.org/ns/shop", "Jörg Müller", "a"})
  void anyShortTextIsOne(String text) {
    assertThat(Identity.isValid(text)).isTrue();
    assertThat(Identity.require(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ann", "ann ", "a\nb", "a\u0000", "\u0085"})
  void whatCouldDisguiseItselfIsNone(String text) {
    assertThat(Identity.isValid(text)).isFalse();
    assertThatThrownBy(() -> Identity.require(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itIsOfBoundedLength() {
    assertThat(Identity.isValid("x".repeat(Identity.MAX_LENGTH))).isTrue();
    assertThat(Identity.isValid("x".repeat(Identity.MAX_LENGTH + 1))).isFalse();
  }
}
