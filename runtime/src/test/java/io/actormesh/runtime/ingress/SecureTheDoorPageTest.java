package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the how-to page are run against a door with the settings of the page. */
class SecureTheDoorPageTest {

  private static final Path PAGE = Path.of("../docs/how-to/secure-the-door.md");

  @TempDir private Path folder;

  @Test
  void whoShowsAnApiKeyLikeThePageIsLetIn() throws Exception {
    String chapter = chapter("API keys");
    List<String> made = shell(command(chapter, "openssl rand") + "; echo $key").lines().toList();
    String key = made.get(1);
    Path file = Files.writeString(folder.resolve("api-keys"), "");
    String settings =
        settings(chapter)
            .replace("<the 64 digits>", made.get(0).substring(0, 64))
            .replace("/etc/mesh/api-keys", file.toString());
    Map<String, String> environment = Map.of("CI_API_KEY", "f".repeat(64));
    try (IngressFixture door = new IngressFixture(IngressFixture.guarded(settings, environment))) {
      door.gateway.replies(new Shop.Order(7, List.of()));
      String curl = command(chapter, "curl");

      assertThat(status(door, "key=" + key, curl)).isEqualTo("200");
      assertThat(status(door, "key=" + "f".repeat(64), curl)).isEqualTo("200");
      assertThat(status(door, "key=" + "0".repeat(64), curl)).isEqualTo("401");
      assertThat(status(door, "", curl.replaceAll("-H \"[^\"]*\"", ""))).isEqualTo("401");
    }
  }

  @Test
  void whoShowsATokenLikeThePageIsLetIn() throws Exception {
    String chapter = chapter("Tokens");
    try (TokenIssuer issuer = new TokenIssuer()) {
      String settings =
          settings(chapter)
              .replace("https://login.example.org/.well-known/jwks.json", issuer.url())
              .replace("https://login.example.org", TokenIssuer.NAME);
      try (IngressFixture door = new IngressFixture(IngressFixture.guarded(settings))) {
        door.gateway.replies(new Shop.Order(7, List.of()));
        String curl = command(chapter, "curl");

        String token = issuer.token(TokenIssuer.claims());
        assertThat(status(door, "token=" + token, curl)).isEqualTo("200");
        String other = issuer.token(TokenIssuer.claims().audience("somebody-else"));
        assertThat(status(door, "token=" + other, curl)).isEqualTo("401");
      }
    }
  }

  private static String chapter(String title) throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf("## " + title + "\n");
    assertThat(from).as(title).isNotNegative();
    int to = page.indexOf("\n## ", from + 1);
    return page.substring(from, to < 0 ? page.length() : to);
  }

  /** The chapter's settings, below those of the front door. */
  private static String settings(String chapter) {
    String block = only(chapter, "```hocon\n(.*?)```");
    assertThat(block).startsWith("actormesh.ingress.");
    return block.substring("actormesh.ingress.".length());
  }

  private static String command(String chapter, String containing) {
    return only(chapter, "\\$ ([^\n]*" + containing + "[^\n]*)");
  }

  private static String only(String text, String pattern) {
    List<String> found =
        Pattern.compile(pattern, Pattern.DOTALL)
            .matcher(text)
            .results()
            .map(each -> each.group(1))
            .toList();
    assertThat(found).as(pattern).hasSize(1);
    return found.get(0);
  }

  private static String status(IngressFixture door, String before, String curl) throws Exception {
    String here = curl.replace("localhost:8080", "127.0.0.1:" + door.ingress.port());
    assertThat(here).isNotEqualTo(curl);
    return shell(before + "\n" + here.replace("curl ", "curl -s -o /dev/null -w '%{http_code}' "));
  }

  private static String shell(String script) throws Exception {
    Process bash =
        new ProcessBuilder("bash", "-c", script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(20, SECONDS)).isTrue();
    return out.strip();
  }
}
