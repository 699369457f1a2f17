package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.pekko.util.ByteString;

class LineSplitterTest {

  @Property(tries = 500)
  void whereverThePiecesBeginTheLinesAreTheSame(
      @ForAll("lines") List<String> lines,
      @ForAll boolean crlf,
      @ForAll boolean ended,
      @ForAll @Size(max = 10) List<@IntRange(max = 700) Integer> cuts)
      throws Exception {
    String end = crlf ? "\r\n" : "\n";
    String text = String.join(end, lines) + (ended && !lines.isEmpty() ? end : "");

    List<String> read = split(text.getBytes(StandardCharsets.UTF_8), cuts);

    List<String> expected = new ArrayList<>(lines);
    if (!ended && !expected.isEmpty() && expected.get(expected.size() - 1).isEmpty()) {
      expected.remove(expected.size() - 1);
    }
    assertThat(read).isEqualTo(expected);
  }

  /** With characters of two bytes, so that a piece may end within one. */
  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.strings().withCharRange('a', '\u00ff').ofMaxLength(30).list().ofMaxSize(20);
  }

  @Example
  void aLineOfTheLimitPassesAndOneMoreByteDoesNot() throws Exception {
    assertThat(split(("x".repeat(60) + "\r\n").getBytes(StandardCharsets.UTF_8), List.of()))
        .containsExactly("x".repeat(60));
    assertThatThrownBy(
            () ->
                split(("a\n" + "x".repeat(61) + "\n").getBytes(StandardCharsets.UTF_8), List.of()))
        .isInstanceOf(LineSplitter.TooLongException.class);
  }

  @Example
  void aLineWithoutEndIsNotKeptBeyondTheLimit() {
    LineSplitter splitter = new LineSplitter(60);
    splitter.add(ByteString.fromString("x".repeat(1000)));

    assertThatThrownBy(splitter::next).isInstanceOf(LineSplitter.TooLongException.class);
    assertThat(splitter.number()).isEqualTo(1);
  }

  private static List<String> split(byte[] bytes, List<Integer> cuts) throws Exception {
    int[] at = cuts.stream().mapToInt(cut -> Math.min(cut, bytes.length)).sorted().toArray();
    LineSplitter splitter = new LineSplitter(60);
    List<String> read = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= at.length; i++) {
      int to = i < at.length ? at[i] : bytes.length;
      splitter.add(ByteString.fromArray(Arrays.copyOfRange(bytes, from, to)));
      for (byte[] line = splitter.next(); line != null; line = splitter.next()) {
        read.add(new String(line, StandardCharsets.UTF_8));
      }
      from = to;
    }
    byte[] last = splitter.last();
    if (last != null) {
      read.add(new String(last, StandardCharsets.UTF_8));
    }
    return read;
  }
}
