package io.actormesh.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HowToPageTest {

  @Test
  void theFirstExampleOfThePageIsTheTestThatIsCompiledHere() throws IOException {
    String page = Files.readString(Path.of("../docs/how-to/test-a-service.md"));
    String source =
        Files.readString(Path.of("src/test/java/io/actormesh/testkit/GreeterTest.java"));

    assertThat(page).contains("```java\n" + source.substring(source.indexOf("@MeshTest")) + "```");
  }
}
