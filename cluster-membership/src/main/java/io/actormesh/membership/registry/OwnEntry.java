package io.actormesh.membership.registry;

import io.actormesh.membership.NodeEntry;
import java.util.function.UnaryOperator;

/** The rules for a change of this node's own entry. */
final class OwnEntry {

  private OwnEntry() {}

  /**
   * The entry after the change, at the next revision; the very same if it changes nothing.
   *
   * @throws IllegalArgumentException if the change touches what is not its own
   */
  static NodeEntry next(NodeEntry own, UnaryOperator<NodeEntry> change, EntrySize size) {
    NodeEntry changed = change.apply(own);
    if (!changed.id().equals(own.id())) {
      throw new IllegalArgumentException(
          "node: " + changed.id() + " (expected: unchanged, " + own.id() + ")");
    }
    if (changed.withRevision(own.revision()).equals(own)) {
      return own;
    }
    NodeEntry next = changed.withRevision(own.revision() + 1);
    size.check(next);
    return next;
  }
}
