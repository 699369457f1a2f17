package io.actormesh.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Chromium without a window and with a new profile, which keeps what its pages complain of and
 * the hosts that they ask. For one thread.
 */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path PICTURES = Path.of("target", "pictures");
  private static final double PATIENCE_MILLIS = 30_000;

  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          // What a page asks of another host fails at once, and is seen.
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = new ArrayList<>();
  private final Set<String> hosts = new TreeSet<>();

  private Browser(Playwright playwright) {
    this.playwright = playwright;
    this.chromium =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setHeadless(true)
                    .setArgs(ARGUMENTS));
  }

  /** Starts it; where there is none the test is skipped. */
  static Browser open() {
    assumeTrue(
        Files.isExecutable(CHROMIUM), "skipped: no " + CHROMIUM + "; install the package chromium");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Browser(playwright);
  }

  /** A window of that width, in CSS pixels, which shares nothing with others. */
  Page window(int width, ColorScheme colors) {
    BrowserContext context =
        chromium.newContext(
            new NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(colors)
                .setLocale("en-GB"));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.onRequest(request -> hosts.add(URI.create(request.url()).getHost()));
    context.onConsoleMessage(this::keep);
    context.onWebError(error -> complaints.add(error.error()));
    return context.newPage();
  }

  private void keep(ConsoleMessage message) {
    if (message.type().equals("error") || message.type().equals("warning")) {
      complaints.add(message.type() + ": " + message.text());
    }
  }

  /** Errors and warnings of all windows so far; a failed request and a broken policy are errors. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Takes out what a test has provoked: a browser complains of every answer from 400 on. */
  void forgive(String part) {
    complaints.removeIf(complaint -> complaint.contains(part));
  }

  /** The hosts that any window has sent a request to. */
  Set<String> hosts() {
    return Set.copyOf(hosts);
  }

  /** Keeps what the whole page looks like, for people, below {@code target}. */
  static void picture(Page page, String name) {
    page.screenshot(
        new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
