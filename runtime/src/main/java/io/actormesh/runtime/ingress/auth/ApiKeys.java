package io.actormesh.runtime.ingress.auth;

import io.actormesh.runtime.config.DoorSecurity;
import io.actormesh.runtime.ingress.auth.KeyTable.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API keys of the settings and of their file. Looked up on any thread. */
final class ApiKeys {

  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

  private final List<Entry> configured;
  private final @Nullable Path file;
  private volatile KeyTable table;
  private @Nullable Stamp read;

  /** Why the file as it is now cannot be read. */
  private volatile @Nullable String trouble;

  /** What tells that a file has changed; editors that replace it change its key. */
  private record Stamp(FileTime changed, long bytes, @Nullable Object key) {}

  private ApiKeys(List<Entry> configured, @Nullable Path file) {
    this.configured = configured;
    this.file = file;
    this.table = new KeyTable(configured);
  }

  /**
   * Reads the keys.
   *
   * @throws IOException if the file cannot be read
   */
  static ApiKeys open(DoorSecurity.ApiKeys settings) throws IOException {
    List<Entry> configured = new ArrayList<>();
    settings
        .keys()
        .forEach((identity, key) -> configured.add(new Entry(identity, key.sha256(), key.roles())));
    ApiKeys keys = new ApiKeys(List.copyOf(configured), settings.file().orElse(null));
    keys.load();
    return keys;
  }

  KeyTable table() {
    return table;
  }

  /** Reads the file again if it has changed; if it cannot be read the keys stay as they are. */
  synchronized void refresh() {
    try {
      load();
      trouble = null;
    } catch (IOException | RuntimeException unreadable) {
      trouble = unreadable.toString();
      LOG.warn("API keys stay as they are: {}", unreadable.toString());
    }
  }

  /** Why the keys may be old. */
  Optional<String> warning() {
    return Optional.ofNullable(trouble).map(why -> "API keys stay as they were: " + why);
  }

  private synchronized void load() throws IOException {
    if (file == null) {
      return;
    }
    var attributes = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
    Stamp now = new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    if (now.equals(read)) {
      return;
    }
    List<Entry> all = new ArrayList<>(configured);
    all.addAll(KeyFile.read(file));
    table = new KeyTable(all);
    read = now;
    LOG.info(
        "Read {} API keys, {} of them from {}", all.size(), all.size() - configured.size(), file);
  }
}
