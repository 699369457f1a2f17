package io.actormesh.runtime.ingress.auth;

import io.actormesh.runtime.call.Identity;
import io.actormesh.runtime.ingress.auth.KeyTable.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a file of API keys: a line each, identity, SHA-256 and optionally roles with commas
 * between. Empty lines and those that begin with {@code #} are comments.
 */
final class KeyFile {

  private static final long MAX_BYTES = 16L << 20;

  private KeyFile() {}

  /**
   * Reads the file as a whole.
   *
   * @throws IOException naming the line that is wrong, without what it says
   */
  static List<Entry> read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " has over " + MAX_BYTES + " bytes");
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        entries.add(entry(line, file + ":" + (i + 1)));
      }
    }
    return entries;
  }

  private static Entry entry(String line, String place) throws IOException {
    String[] parts = line.split("\\s+", -1);
    boolean sound =
        parts.length >= 2
            && parts.length <= 3
            && Identity.isValid(parts[0])
            && parts[1].matches("[0-9A-Fa-f]{64}");
    if (!sound) {
      throw new IOException(place + " is not: identity, SHA-256 in 64 hexadecimal digits, roles");
    }
    Set<String> roles =
        parts.length == 3 ? new TreeSet<>(List.of(parts[2].split(",", -1))) : Set.of();
    return new Entry(parts[0], parts[1].toLowerCase(Locale.ROOT), roles);
  }
}
