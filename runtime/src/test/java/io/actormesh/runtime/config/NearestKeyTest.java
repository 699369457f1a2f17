package io.actormesh.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestKeyTest {

  private static final List<String> KEYS =
      List.of("max-body", "max-in-flight", "port", "bind-host", "request-timeout", "idle-timeout");

  @ParameterizedTest
  @CsvSource({
    "max-bdy, max-body",
    "maxBody, max-body",
    "max_body, max-body",
    "prot, port",
    "timeout-request, ",
    "idle-time-out, idle-timeout",
    "xyzzy, ",
    "p, ",
  })
  void guessesWhatWasMeantOrNothing(String typed, String meant) {
    assertThat(NearestKey.of(typed, KEYS).orElse(null)).isEqualTo(meant);
  }

  @Test
  void amongEquallyNearKeysTheAlphabeticallyFirstIsNamed() {
    assertThat(NearestKey.of("tail", List.of("nail", "mail"))).contains("mail");
  }

  @Property(tries = 300)
  @Label("one edit away from exactly one known key is that key")
  void findsTheKeyAfterOneEdit(
      @ForAll @IntRange(max = 5) int which,
      @ForAll @IntRange(max = 20) int where,
      @ForAll @CharRange(from = 'q', to = 'z') char typed,
      @ForAll Edit edit) {
    String key = KEYS.get(which);
    int at = where % key.length();

    assertThat(NearestKey.of(edit.apply(key, at, typed), KEYS)).contains(key);
  }

  @Property(tries = 300)
  void theDistanceIsThatOfTheDefinition(
      @ForAll @AlphaChars @StringLength(max = 5) String from,
      @ForAll @AlphaChars @StringLength(max = 5) String to) {
    String one = from.toLowerCase(Locale.ROOT).replaceAll("[d-z]", "a");
    String other = to.toLowerCase(Locale.ROOT).replaceAll("[d-z]", "b");

    assertThat(NearestKey.distance(one, other)).isEqualTo(definition(one, other));
    assertThat(NearestKey.distance(other, one)).isEqualTo(NearestKey.distance(one, other));
  }

  @Property(tries = 300)
  void aDetourIsNeverShorter(
      @ForAll @Size(3) List<@StringLength(max = 8) @CharRange(from = 'a', to = 'c') String> texts) {
    String a = texts.get(0);
    String b = texts.get(1);
    String c = texts.get(2);

    assertThat(NearestKey.distance(a, c))
        .isLessThanOrEqualTo(NearestKey.distance(a, b) + NearestKey.distance(b, c));
    assertThat(NearestKey.distance(a, a)).isZero();
  }

  /** A typing error. */
  enum Edit {
    INSERTED,
    DELETED,
    REPLACED;

    String apply(String key, int at, char typed) {
      return switch (this) {
        case INSERTED -> key.substring(0, at) + typed + key.substring(at);
        case DELETED -> key.substring(0, at) + key.substring(at + 1);
        case REPLACED -> key.substring(0, at) + typed + key.substring(at + 1);
      };
    }
  }

  private static int definition(String from, String to) {
    if (from.isEmpty() || to.isEmpty()) {
      return from.length() + to.length();
    }
    int replaced = from.charAt(0) == to.charAt(0) ? 0 : 1;
    int deleted = definition(from.substring(1), to) + 1;
    int inserted = definition(from, to.substring(1)) + 1;
    int kept = definition(from.substring(1), to.substring(1)) + replaced;
    return Math.min(Math.min(deleted, inserted), kept);
  }
}
