package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTextTest {

  @Property(tries = 300)
  void whatIsEncodedIsDecodedOrRefused(@ForAll @StringLength(min = 1, max = 20) String text) {
    Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(text));
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    boolean clean = text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\uFFFD');
    if (clean) {
      assertThat(PathText.query("a=" + encoded)).isEqualTo(Map.of("a", List.of(text)));
    } else {
      assertThatThrownBy(() -> PathText.query("a=" + encoded))
          .isInstanceOf(InvalidRequestException.class);
    }
  }

  @Property(tries = 300)
  void noTextMakesTheReaderFailOtherwiseThanByRefusing(@ForAll String text) {
    try {
      assertThat(PathText.query(text)).isNotNull();
      assertThat(PathText.segments("/" + text)).isNotNull();
    } catch (InvalidRequestException refused) {
      assertThat(refused.problem().status()).isEqualTo(400);
    }
  }

  @Test
  void parametersMayRepeatAndBeEmpty() {
    assertThat(PathText.query("a=1&b&a=2&&c="))
        .isEqualTo(Map.of("a", List.of("1", "2"), "b", List.of(""), "c", List.of("")));
  }

  @Test
  void aPlusIsASpaceInTheQueryAlone() {
    assertThat(PathText.query("a=b+c")).isEqualTo(Map.of("a", List.of("b c")));
    assertThat(PathText.segments("/b+c")).containsExactly("b+c");
  }

  @Test
  void slashesMakeSegmentsUnlessEncoded() {
    assertThat(PathText.segments("/a%2Fb//c/")).containsExactly("a/b", "", "c", "");
    assertThat(PathText.segments("/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/%", "/%4", "/%zz", "/%C3", "/%FF", "/a/%00", "/a/..", "/%2E%2E/x", "/."})
  void whatIsNotCleanIsRefused(String path) {
    assertThatThrownBy(() -> PathText.segments(path)).isInstanceOf(InvalidRequestException.class);
  }
}
