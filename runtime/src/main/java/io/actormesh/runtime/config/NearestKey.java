package io.actormesh.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Guesses which key was meant.
 *
 * <p>Distance: Vladimir Levenshtein, "Binary codes capable of correcting deletions, insertions and
 * reversals", 1966.
 */
public final class NearestKey {

  private NearestKey() {}

  /** The known key that takes the fewest edits, if they are few beside the key's length. */
  public static Optional<String> of(String key, Collection<String> known) {
    String plain = plain(key);
    int tolerated = Math.max(2, plain.length() / 3);
    // Ties go to the alphabetically first, so that the advice is the same at every start.
    return known.stream()
        .filter(candidate -> distance(plain, plain(candidate)) <= tolerated)
        .filter(candidate -> distance(plain, plain(candidate)) < plain(candidate).length())
        .min(
            Comparator.comparingInt((String candidate) -> distance(plain, plain(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Inserted, deleted and replaced characters between two texts. */
  static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int shorter = Math.min(previous[column], current[column - 1]) + 1;
        current[column] = Math.min(shorter, previous[column - 1] + replaced);
      }
      previous = current;
    }
    return previous[to.length()];
  }

  // maxBody, max_body and max-body are one key in three habits.
  private static String plain(String key) {
    return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
