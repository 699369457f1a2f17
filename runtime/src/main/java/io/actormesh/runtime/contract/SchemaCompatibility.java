package io.actormesh.runtime.contract;

import io.actormesh.runtime.contract.SchemaParser.ParsedOperation;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether two nodes that hold different versions of a contract can talk.
 *
 * <p>Operations, fields, enum constants and records of a sealed interface may be added or removed.
 * What both sides have must be of one type; a field and its {@code Optional} count as one, for both
 * look alike on the wire. Elements of streams change as freely as messages do, but a stream stays a
 * stream. A call that uses what the other side does not know fails on its own.
 */
public final class SchemaCompatibility {
  private static final String OPTIONAL = "optional";
  private static final String RECORD = "record";

  private final Set<Pair> compared = new HashSet<>();

  private record Pair(SchemaNode mine, SchemaNode theirs) {}

  private SchemaCompatibility() {}

  /**
   * What keeps the two from talking.
   *
   * @param mine the schema of a contract or of one operation
   * @param theirs the schema of the same contract or operation on another node
   * @return one sentence, or empty if messages and replies can go both ways
   */
  public static Optional<String> clash(String mine, String theirs) {
    if (mine.equals(theirs)) {
      return Optional.empty();
    }
    try {
      return clash(SchemaParser.parse(mine), SchemaParser.parse(theirs));
    } catch (IllegalArgumentException unreadable) {
      return Optional.of("a schema cannot be read: " + unreadable.getMessage());
    }
  }

  private static Optional<String> clash(
      Map<String, ParsedOperation> mine, Map<String, ParsedOperation> theirs) {
    for (String name : new TreeSet<>(mine.keySet())) {
      @Nullable ParsedOperation own = mine.get(name);
      @Nullable ParsedOperation other = theirs.get(name);
      if (own != null && other != null) {
        Optional<String> found = clash(own, other);
        if (found.isPresent()) {
          return found.map(text -> "operation '" + name + "': " + text);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> clash(ParsedOperation mine, ParsedOperation theirs) {
    if (!mine.kind().equals(theirs.kind())) {
      return Optional.of("is " + mine.kind() + " here and " + theirs.kind() + " there");
    }
    SchemaCompatibility comparison = new SchemaCompatibility();
    return comparison
        .compare("message", mine.message(), theirs.message())
        .or(() -> replies(comparison, mine.reply(), theirs.reply()))
        .or(() -> arguments(comparison, mine.argument(), theirs.argument()));
  }

  private static Optional<String> replies(
      SchemaCompatibility comparison, @Nullable SchemaNode mine, @Nullable SchemaNode theirs) {
    if (mine == null || theirs == null) {
      return mine == theirs ? Optional.empty() : Optional.of("replies on one side alone");
    }
    return comparison.compare("reply", mine, theirs);
  }

  private static Optional<String> arguments(
      SchemaCompatibility comparison, @Nullable SchemaNode mine, @Nullable SchemaNode theirs) {
    if (mine == null || theirs == null) {
      return mine == theirs
          ? Optional.empty()
          : Optional.of("takes a stream " + (mine == null ? "there" : "here") + " alone");
    }
    return comparison.compare("argument", mine, theirs);
  }

  private Optional<String> compare(String where, SchemaNode mine, SchemaNode theirs) {
    if (!mine.kind().equals(theirs.kind())) {
      return Optional.of(where + " is " + mine.kind() + " here and " + theirs.kind() + " there");
    }
    // A type that holds itself is compared once: what is assumed of it is what is being shown.
    return compared.add(new Pair(mine, theirs))
        ? compareParts(where, mine, theirs)
        : Optional.empty();
  }

  private Optional<String> compareParts(String where, SchemaNode mine, SchemaNode theirs) {
    boolean fields = mine.kind().equals(RECORD);
    for (Map.Entry<String, SchemaNode> part : mine.parts().entrySet()) {
      @Nullable SchemaNode other = theirs.parts().get(part.getKey());
      if (other != null) {
        String path = where + (part.getKey().startsWith("[") ? "" : ".") + part.getKey();
        Optional<String> found =
            fields
                ? compare(path, held(part.getValue()), held(other))
                : compare(path, part.getValue(), other);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static SchemaNode held(SchemaNode field) {
    return field.kind().equals(OPTIONAL) ? field.parts().getOrDefault("[0]", field) : field;
  }
}
