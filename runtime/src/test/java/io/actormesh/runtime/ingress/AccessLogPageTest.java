package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessLogPageTest {

  private static final Path PAGE = Path.of("../docs/reference/observability.md");

  @Test
  void thePageListsEveryFieldWithItsMeaning() throws IOException {
    List<String> rows =
        Stream.of(AccessField.values())
            .map(field -> "| `" + field.key() + "` | " + field.meaning() + " |")
            .toList();
    List<String> lines = Files.readAllLines(PAGE);
    int first = lines.indexOf("| Field | Meaning |") + 2;
    assertThat(lines.subList(first, first + rows.size())).isEqualTo(rows);
    assertThat(lines.get(first + rows.size())).isEmpty();
  }
}
