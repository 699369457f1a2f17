package io.actormesh.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.actormesh.it.Exhibits.Find;
import io.actormesh.it.Exhibits.Watch;
import io.actormesh.runtime.node.MeshNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page {@code /docs} of a real node, in a real browser. */
class DocsPageTest {

  private static final String HOSTILE = "</script><img src=x onerror='window.hacked=1'>";

  private static Browser browser;
  private static MeshNode node;

  @BeforeAll
  static void start() {
    browser = Browser.open();
    node =
        MeshNode.builder()
            .host(Exhibits.CONTRACT, Exhibits::create)
            .host(Numbers.CONTRACT, () -> Numbers.create("gallery"))
            .expose(
                Exhibits.CONTRACT,
                http ->
                    http.get("/shelves/{shelf}{?tags,sort}", Find.class)
                        .get("/watch/{id}", Watch.class))
            .expose(Numbers.CONTRACT)
            .environment(Map.of("MESH_PORT", "0", "MESH_HTTP_PORT", "0", "MESH_ADMIN_PORT", "0"))
            .start();
    await().atMost(Duration.ofSeconds(30)).until(node::ready);
  }

  @AfterAll
  static void end() throws Exception {
    if (node != null) {
      node.kill().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingLeftThisMachineOrWentWrong() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.hosts()).containsExactly("127.0.0.1");
  }

  @Test
  void theCatalogueListsWhatTheDocumentSays() throws Exception {
    try (Page page = docs(1280)) {
      List<String> expected = new ArrayList<>();
      Http.json(uri("/openapi.json"))
          .path("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .fieldNames()
                      .forEachRemaining(
                          method ->
                              expected.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

      List<String> shown = new ArrayList<>();
      for (Locator card : page.locator(".operation:not(.model) > summary").all()) {
        shown.add(card.locator(".method").innerText() + " " + card.locator(".path").innerText());
      }

      assertThat(shown).hasSize(11).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(page.locator("main h2")).hasText(new String[] {"exhibits", "numbers", "Schemas"});
      page.locator("#filter").fill("shelves");
      assertThat(page.locator("[data-find]:visible")).hasCount(1);
      assertThat(page.locator("main h2:visible")).hasText(new String[] {"exhibits"});
    }
  }

  @Test
  void aTriedRequestIsReallySentAndShownAsCurl() {
    try (Page page = docs(1280)) {
      Locator greet = opened(page, "exhibits_greet");
      greet.locator("textarea").first().fill("{\"name\":\"Ann's\"}");
      send(greet);

      assertThat(greet.locator(".status")).hasText(Pattern.compile("200 OK after \\d+ ms"));
      assertThat(greet.locator("pre.body")).containsText("\"text\": \"Hello, Ann's!\"");
      assertThat(greet.locator("pre.curl"))
          .hasText(
              "curl -i -X POST -H 'Content-Type: application/json'"
                  + " --data-binary '{\"name\":\"Ann'\\''s\"}' '"
                  + uri("/exhibits/greet")
                  + "'");
      greet.locator("summary").filter(named("Headers")).last().click();
      assertThat(greet.locator("pre.headers")).containsText("x-request-id: ");
    }
  }

  @Test
  void aWrongBodyIsAnsweredWithItsProblem() {
    try (Page page = docs(1280)) {
      Locator greet = opened(page, "exhibits_greet");
      greet.locator("textarea").first().fill("{\"name\":1}");
      send(greet);

      assertThat(greet.locator(".status.bad")).containsText("400 Bad Request");
      assertThat(greet.locator("pre.body")).containsText("\"path\": \"$.name\"");
      assertThat(greet.locator("pre.body")).containsText("MESH-BAD-REQUEST");
    }
    browser.forgive("400 (Bad Request)");
  }

  @Test
  void parametersGoIntoPathAndQuery() {
    try (Page page = docs(1280)) {
      Locator find = opened(page, "exhibits_find_get");
      find.getByLabel("shelf path").fill("top & left/2");
      find.getByLabel("tags query").fill("a b\nc");
      find.getByLabel("sort query").selectOption("OLDEST");
      send(find);

      assertThat(find.locator("pre.body")).containsText("\"name\": \"top & left/2\"");
      assertThat(find.locator("pre.curl"))
          .containsText("/shelves/top%20%26%20left%2F2?sort=OLDEST&tags=a%20b&tags=c");
    }
  }

  @Test
  void aStreamIsShownElementByElementUntilItIsStopped() {
    try (Page page = docs(1280)) {
      Locator watch = opened(page, "exhibits_watch_get");
      send(watch);
      // It never ends: what is seen is seen while it goes on.
      assertThat(watch.locator(".elements li").nth(2)).hasText("{\"number\":3,\"text\":\"t3\"}");
      assertThat(watch.locator("button[type=submit]")).isDisabled();

      watch.locator("button:text('Stop')").click();

      assertThat(watch.locator(".status")).hasText(Pattern.compile("Stopped after \\d+ ms"));
      assertThat(watch.locator("button[type=submit]")).isEnabled();
      assertThat(watch.locator("button:text('Stop')")).isHidden();
      watch.getByLabel("As").selectOption("text/event-stream");
      send(watch);
      assertThat(watch.locator(".elements li").nth(1)).containsText("data: {\"number\":1");
      watch.locator("button:text('Stop')").click();
      assertThat(watch.locator(".status")).containsText("Stopped");
    }
  }

  @Test
  void theKeyboardIsEnough() {
    try (Page page = docs(1280)) {
      page.keyboard().press("Tab");
      assertThat(page.locator(".skip")).isFocused();
      page.keyboard().press("Enter");
      tabTo(page, page.locator("#exhibits_count > summary"));
      page.keyboard().press("Enter");
      Locator button = page.locator("#exhibits_count button[type=submit]");
      tabTo(page, button);
      page.keyboard().press("Enter");

      assertThat(page.locator("#exhibits_count .status")).containsText("200 OK");
    }
  }

  @Test
  void itFitsAPhoneInLightAndDark() {
    List<Object> grounds = new ArrayList<>();
    for (ColorScheme colors : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {390, 1280}) {
        try (Page page = docs(width, colors)) {
          Locator find = opened(page, "exhibits_find_get");
          send(find);
          assertThat(find.locator("pre.body")).isVisible();
          opened(page, "exhibits_greet").locator(".problems > summary").click();
          Browser.picture(page, "docs-" + colors.name().toLowerCase(Locale.ROOT) + "-" + width);
          assertThat(page.evaluate("document.documentElement.scrollWidth"))
              .as("no wider than the window")
              .isEqualTo(width);
          grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"));
        }
      }
    }
    assertThat(grounds.get(0)).isEqualTo(grounds.get(1)).isNotEqualTo(grounds.get(2));
  }

  @Test
  void whatTheDocumentSaysNeverBecomesMarkup() throws Exception {
    JsonNode document = hostile(Http.json(uri("/openapi.json")));
    try (Page page = browser.window(1280, ColorScheme.LIGHT)) {
      page.route(
          "**/openapi.json",
          route ->
              route.fulfill(
                  new FulfillOptions()
                      .setContentType("application/json")
                      .setBody(document.toString())));
      page.navigate(uri("/docs").toString());
      assertThat(page.locator("#title")).hasText(HOSTILE);
      for (String details : List.of("details.operation", ".told details", ".model details")) {
        page.evaluate(
            "which => document.querySelectorAll(which).forEach(d => d.open = true)", details);
        // What is below comes with the event that follows.
        assertThat(page.locator(details + ":has(> :nth-child(2))").last()).isVisible();
      }

      assertThat(page.locator(".told").first()).containsText(HOSTILE);
      assertThat(page.locator("dt").filter(named(HOSTILE)).first()).isVisible();
      assertThat(page.locator("img")).hasCount(0);
      assertThat(page.locator("script")).hasCount(1);
      assertThat(page.evaluate("window.hacked === undefined")).isEqualTo(true);
    }
  }

  /** Every text for people, each example and each name of a service holds markup. */
  private static JsonNode hostile(JsonNode node) throws Exception {
    String text = new ObjectMapper().writeValueAsString(HOSTILE);
    String document =
        node.toString()
            .replaceAll(
                "\"(description|title|summary|example|x-operation)\":(\"[^\"]*\"|\\d+)",
                "\"$1\":" + java.util.regex.Matcher.quoteReplacement(text))
            .replace("\"numbers\"", text);
    ObjectNode hostile = (ObjectNode) new ObjectMapper().readTree(document);
    ((ObjectNode) hostile.at("/components/schemas/Piece/properties"))
        .putObject(HOSTILE)
        .put("type", HOSTILE)
        .put("description", HOSTILE);
    for (JsonNode path : hostile.path("paths")) {
      path.forEach(operation -> ((ObjectNode) operation).put("description", HOSTILE + "."));
    }
    return hostile;
  }

  private static Page docs(int width) {
    return docs(width, ColorScheme.LIGHT);
  }

  private static Page docs(int width, ColorScheme colors) {
    Page page = browser.window(width, colors);
    page.navigate(uri("/docs").toString());
    assertThat(page.locator("main section").first()).isVisible();
    return page;
  }

  private static Locator opened(Page page, String operation) {
    Locator card = page.locator("#" + operation);
    card.locator("> summary").click();
    return card;
  }

  private static void send(Locator card) {
    card.locator("button[type=submit]").click();
  }

  private static Locator.FilterOptions named(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static void tabTo(Page page, Locator target) {
    for (int i = 0; i < 60; i++) {
      page.keyboard().press("Tab");
      if ((boolean) target.evaluate("e => e === document.activeElement")) {
        return;
      }
    }
    throw new AssertionError("60 tabs do not lead to " + target);
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + node.httpPort().orElseThrow() + path);
  }
}
