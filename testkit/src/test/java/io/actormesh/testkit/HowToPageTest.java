package io.actormesh.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HowToPageTest {

  @Test
  void theFirstExampleOfThePageIsTheTestThatIsCompiledHere() throws IOException {
    String page = Files.readString(Path.of("../docs/how-to/test-a-service.md"));
    String source =
        Files.readString(Path.of("src/test/java/io/actormesh/testkit/GreeterTest.java"));

    assertThat(page).contains("```java\n" + source.substring(source.indexOf("@MeshTest")) + "```");
  }

  @Test
  void theBlocksOfThePageOnStreamsAreCompiledHere() throws IOException {
    String page = Files.readString(Path.of("../docs/how-to/stream.md"));
    String mesh = page.substring(0, page.indexOf("## Over HTTP"));
    StringBuilder sources = new StringBuilder();
    for (String name : List.of("Feed", "FeedTest", "StreamsTest")) {
      sources.append(
          Files.readString(Path.of("src/test/java/io/actormesh/testkit/" + name + ".java")));
    }

    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(mesh)
            .results()
            .map(block -> block.group(1))
            .toList();

    assertThat(blocks).hasSize(6).allSatisfy(block -> assertThat(sources).contains(block));
  }
}
