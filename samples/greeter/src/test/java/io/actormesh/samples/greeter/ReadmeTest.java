package io.actormesh.samples.greeter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README shows this sample's code, so that what newcomers copy has been compiled and run. */
class ReadmeTest {
  private static final Path README = Path.of("..", "..", "README.md");
  private static final Path PACKAGE = Path.of("java", "io", "actormesh", "samples", "greeter");
  private static final Path MAIN = Path.of("src", "main").resolve(PACKAGE);
  private static final Path TEST = Path.of("src", "test").resolve(PACKAGE);
  private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\\n(.*?)```");

  @Test
  void readmeShowsTheServiceTheNodeAndTheTestAsTheyAre() throws IOException {
    assertThat(blocks().map(ReadmeTest::codeLines))
        .containsExactly(
            codeLines(Files.readString(MAIN.resolve("Greeter.java"))),
            codeLines(Files.readString(MAIN.resolve("GreeterApp.java"))),
            codeLines(Files.readString(TEST.resolve("GreeterTest.java"))));
  }

  @Test
  void theFirstServiceTakesFortyLinesAndItsTestFifteen() throws IOException {
    List<Integer> lines = blocks().map(block -> codeLines(block).size()).toList();

    assertThat(lines.get(0) + lines.get(1)).isLessThanOrEqualTo(40);
    assertThat(lines.get(2)).isLessThanOrEqualTo(15);
  }

  private static Stream<String> blocks() throws IOException {
    List<MatchResult> found = JAVA_BLOCK.matcher(Files.readString(README)).results().toList();
    return found.stream().map(block -> block.group(1));
  }

  /** Without blank lines, imports and comments, which the README leaves out. */
  private static List<String> codeLines(String source) {
    return source
        .lines()
        .filter(line -> !line.isBlank())
        .filter(line -> !line.matches("(package|import) .*|/\\*\\*.*\\*/"))
        .toList();
  }
}
