package io.actormesh.runtime.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@link JavadocProcessor} has kept of types' Javadoc, where it has run. Not thread-safe. */
final class Javadocs {
  /** Where the texts of a top-level class and all in it lie: this, its name, the suffix. */
  static final String FOLDER = "META-INF/actormesh/docs/";

  static final String SUFFIX = ".properties";

  private static final Logger LOG = LoggerFactory.getLogger(Javadocs.class);

  private final Map<Class<?>, Properties> byTopLevel = new HashMap<>();

  Optional<String> of(Class<?> type) {
    return text(type, type.getName());
  }

  /** The text of a record's component. */
  Optional<String> of(Class<?> type, String component) {
    return text(type, type.getName() + "#" + component);
  }

  private Optional<String> text(Class<?> type, String key) {
    Class<?> top = type;
    while (top.getEnclosingClass() != null) {
      top = top.getEnclosingClass();
    }
    return Optional.ofNullable(byTopLevel.computeIfAbsent(top, Javadocs::load).getProperty(key));
  }

  private static Properties load(Class<?> top) {
    Properties texts = new Properties();
    ClassLoader loader = top.getClassLoader();
    if (loader == null) {
      return texts;
    }
    try (InputStream file = loader.getResourceAsStream(FOLDER + top.getName() + SUFFIX)) {
      if (file != null) {
        texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      LOG.warn("The descriptions of {} cannot be read, and are left out", top, unreadable);
    }
    return texts;
  }
}
