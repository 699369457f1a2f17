package io.actormesh.runtime.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the page and the codes together, both ways. */
class ErrorsPageTest {

  @Test
  void thePageSaysOfEveryCodeWhatTheCodeSaysAndNamesNoOther() throws IOException {
    List<List<String>> documented = rows().map(row -> row.subList(0, 6)).toList();
    List<List<String>> codes =
        Arrays.stream(FailureCode.values()).map(ErrorsPageTest::row).toList();

    assertThat(documented).containsExactlyElementsOf(codes);
  }

  @Test
  void thePageNamesCausesOfEveryCode() throws IOException {
    assertThat(rows())
        .allSatisfy(row -> assertThat(row).hasSize(7))
        .allSatisfy(row -> assertThat(row.get(6)).endsWith("."));
  }

  @Test
  void noTwoCodesAreWrittenTheSame() {
    assertThat(FailureCode.values()).extracting(FailureCode::code).doesNotHaveDuplicates();
  }

  private static List<String> row(FailureCode code) {
    String failure = MeshFailure.of(FailureDetail.of(code, "", "", "")).getClass().getSimpleName();
    return List.of(
        "`" + code.code() + "`",
        String.valueOf(code.httpStatus()),
        code.started().name().toLowerCase(Locale.ROOT),
        "`" + failure + "`",
        code.meaning(),
        code.fix());
  }

  private static Stream<List<String>> rows() throws IOException {
    return Files.readAllLines(page()).stream()
        .filter(line -> line.startsWith("| `MESH-"))
        .map(line -> line.substring(2, line.length() - 2).split(" \\| ", -1))
        .map(List::of);
  }

  private static Path page() {
    Path here = Path.of("docs/reference/errors.md");
    return Files.exists(here) ? here : Path.of("..").resolve(here);
  }
}
