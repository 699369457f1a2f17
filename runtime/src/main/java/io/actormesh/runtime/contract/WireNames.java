package io.actormesh.runtime.contract;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names that go over the wire: derived from Java names once, never class names. */
final class WireNames {
  static final String SYNTAX = "[a-z][a-z0-9-]{0,62}";

  private static final Pattern VALID = Pattern.compile(SYNTAX);
  // Between a lower-case letter or digit and an upper-case letter, and before the last letter of an
  // upper-case run that starts a new word: ReserveStock, HTTPCall, Sha256Sum.
  private static final Pattern WORD_START =
      Pattern.compile("(?<=[\\p{Ll}\\p{Nd}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  private WireNames() {}

  static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }

  static String kebab(String javaName) {
    return WORD_START.matcher(javaName).replaceAll("-").replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /**
   * A number that stands for a name on the wire: FNV-1a over its UTF-16 units, without the low
   * three bits, which codecs use for themselves. Must never change: old and new nodes compute it
   * alike.
   *
   * <p>Glenn Fowler, Landon Curt Noll, Kiem-Phong Vo: "The FNV Non-Cryptographic Hash Algorithm".
   */
  static int tag(String name) {
    int hash = FNV_OFFSET;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * FNV_PRIME;
    }
    // The low bits of FNV-1a mix worst; fold the high ones in before three of them are given away.
    return (hash ^ (hash >>> 16)) & ~7;
  }
}
