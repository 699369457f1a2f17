package io.actormesh.runtime.contract;

import java.util.Optional;

/** Whether two nodes that hold different versions of a contract can talk. */
public final class SchemaCompatibility {
  private SchemaCompatibility() {}

  /**
   * What keeps the two from talking.
   *
   * @param mine the schema of a contract or of one operation
   * @param theirs the schema of the same contract or operation on another node
   * @return one sentence, or empty if messages and replies can go both ways
   */
  public static Optional<String> clash(String mine, String theirs) {
    return mine.equals(theirs) ? Optional.empty() : Optional.of("different schemas");
  }
}
