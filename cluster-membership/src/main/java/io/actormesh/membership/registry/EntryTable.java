package io.actormesh.membership.registry;

import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The entries that a node holds, by node. A state-based replicated data type: a map from writer to
 * its latest version, merged by taking the higher revision, which is commutative, associative and
 * idempotent because each entry has one writer.
 */
record EntryTable(Map<NodeId, NodeEntry> entries) {

  EntryTable {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  static EntryTable empty() {
    return new EntryTable(Map.of());
  }

  Optional<NodeEntry> get(NodeId node) {
    return Optional.ofNullable(entries.get(node));
  }

  /** The revision that is held of a node's entry; 0 if none is. */
  long revision(NodeId node) {
    return get(node).map(NodeEntry::revision).orElse(0L);
  }

  /** This table with the entry, unless it holds a newer version of it. */
  EntryTable merge(NodeEntry entry) {
    if (revision(entry.id()) >= entry.revision()) {
      return this;
    }
    Map<NodeId, NodeEntry> merged = new TreeMap<>(entries);
    merged.put(entry.id(), entry);
    return new EntryTable(merged);
  }

  /** The newer version of each entry of both. */
  EntryTable merge(EntryTable other) {
    Map<NodeId, NodeEntry> merged = new TreeMap<>(entries);
    other.entries.forEach((id, entry) -> merged.merge(id, entry, NodeEntry::newer));
    return new EntryTable(merged);
  }

  /** The entries of those nodes alone. */
  EntryTable retain(Predicate<NodeId> kept) {
    Map<NodeId, NodeEntry> retained = new TreeMap<>(entries);
    return retained.keySet().removeIf(kept.negate()) ? new EntryTable(retained) : this;
  }
}
