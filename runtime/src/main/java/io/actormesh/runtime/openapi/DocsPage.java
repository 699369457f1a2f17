package io.actormesh.runtime.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** The page that shows the document and tries it out: files of this jar, and no other host's. */
public final class DocsPage {
  /** What the page may do: load its own files, and ask its own front door. */
  public static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> FILES =
      Map.of(
          "/docs", "docs.html",
          "/docs/docs.css", "docs.css",
          "/docs/main.js", "main.js",
          "/docs/dom.js", "dom.js",
          "/docs/schema.js", "schema.js",
          "/docs/tryit.js", "tryit.js",
          "/docs/request.js", "request.js",
          "/docs/stream.js", "stream.js");

  /** The paths of its files; {@code /docs} is the page. */
  public static final Set<String> PATHS = FILES.keySet();

  private DocsPage() {}

  /**
   * A file.
   *
   * @param path one of {@link #PATHS}
   */
  public static byte[] content(String path) {
    try (InputStream file = DocsPage.class.getResourceAsStream("docs/" + FILES.get(path))) {
      if (file == null) {
        throw new IllegalStateException("the jar lacks the file of " + path);
      }
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
