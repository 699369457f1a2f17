package io.actormesh.membership.registry;

import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;
import org.apache.pekko.util.ByteString;

/**
 * All entries in Distributed Data, one per node, as this node's replica holds them. The revision is
 * the clock: the higher one wins. Used by the keeper's thread alone.
 *
 * <p>The entries are spread over a fixed number of maps by their node's address, because a replica
 * sends a map in one message, and one map of all nodes would outgrow the frame.
 */
final class SharedTable {

  /** Part of what nodes agree on, as are the names of the maps. */
  static final int MAPS = 128;

  private static final String NAME = "actormesh-registry-";

  private final ReplicatorMessageAdapter<Command, LWWMap<String, ByteString>> replicator;
  private final SelfUniqueAddress writer;
  private final EntryCodec codec;
  private final NodeId self;
  private final Map<String, Map<String, ByteString>> held = new HashMap<>();
  private ByteString own = ByteString.emptyByteString();
  private long revision;

  private SharedTable(
      ReplicatorMessageAdapter<Command, LWWMap<String, ByteString>> replicator,
      SelfUniqueAddress writer,
      EntryCodec codec,
      NodeId self) {
    this.replicator = replicator;
    this.writer = writer;
    this.codec = codec;
    this.self = self;
  }

  /**
   * Writes this node's entry, and has each change of any come as a {@link Command.Shared} from now
   * on.
   */
  static SharedTable start(
      ReplicatorMessageAdapter<Command, LWWMap<String, ByteString>> replicator,
      SelfUniqueAddress writer,
      EntryCodec codec,
      NodeEntry own) {
    SharedTable table = new SharedTable(replicator, writer, codec, own.id());
    for (int number = 0; number < MAPS; number++) {
      replicator.subscribe(map(number), SharedTable::shared);
    }
    table.put(own);
    return table;
  }

  /** The map that holds this node's entry. */
  static Key<LWWMap<String, ByteString>> mapOf(NodeId node) {
    return map(Math.floorMod(node.address().hashCode(), MAPS));
  }

  /** The map of this number, from 0. */
  static Key<LWWMap<String, ByteString>> map(int number) {
    return LWWMapKey.create(NAME + number);
  }

  /** The key of a node's entry within its map. */
  static String keyOf(NodeId node) {
    return node.toString();
  }

  /** Takes over the new content of a map; answers the entries that differ from before. */
  List<NodeEntry> accept(Command.Shared shared) {
    Map<String, ByteString> before = held.getOrDefault(shared.map(), Map.of());
    held.put(shared.map(), shared.entries());
    List<NodeEntry> changed = new ArrayList<>();
    shared
        .entries()
        .forEach(
            (key, bytes) -> {
              if (!bytes.equals(before.get(key))) {
                codec.decode(key, bytes.toArray()).ifPresent(changed::add);
              }
            });
    return changed;
  }

  /** A node's entry, if the replica holds one. */
  Optional<NodeEntry> get(NodeId node) {
    return Optional.ofNullable(heldOf(node).get(keyOf(node)))
        .flatMap(bytes -> codec.decode(keyOf(node), bytes.toArray()));
  }

  /** The keys of all entries that the replica holds. */
  Set<String> keys() {
    return held.values().stream()
        .flatMap(map -> map.keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Writes this node's entry. */
  void put(NodeEntry entry) {
    own = ByteString.fromArray(codec.encode(entry));
    revision = entry.revision();
    writeOwn();
  }

  /** Writes this node's entry again if the replica does not hold it. */
  void repair() {
    if (!own.equals(heldOf(self).get(keyOf(self)))) {
      writeOwn();
    }
  }

  /** Deletes entries. */
  void remove(Set<String> keys) {
    held.forEach(
        (map, entries) ->
            entries.keySet().stream()
                .filter(keys::contains)
                .forEach(key -> update(LWWMapKey.create(map), old -> old.remove(writer, key))));
  }

  private void writeOwn() {
    ByteString bytes = own;
    long clock = revision;
    update(mapOf(self), old -> old.put(writer, keyOf(self), bytes, (before, value) -> clock));
  }

  private Map<String, ByteString> heldOf(NodeId node) {
    return held.getOrDefault(mapOf(node).id(), Map.of());
  }

  /** In the own replica; the replicators spread it, and the direct way is what confirms it. */
  private void update(
      Key<LWWMap<String, ByteString>> map, UnaryOperator<LWWMap<String, ByteString>> change) {
    replicator.askUpdate(
        replyTo ->
            new Replicator.Update<>(map, LWWMap.empty(), Replicator.writeLocal(), replyTo, change),
        SharedTable::written);
  }

  private static Command written(Replicator.UpdateResponse<LWWMap<String, ByteString>> response) {
    return new Command.Written(
        response.key().id(),
        response instanceof Replicator.UpdateSuccess<?>
            ? Optional.empty()
            : Optional.of(response.toString()));
  }

  private static Command shared(Replicator.SubscribeResponse<LWWMap<String, ByteString>> response) {
    Map<String, ByteString> entries =
        response instanceof Replicator.Changed<LWWMap<String, ByteString>> changed
            ? changed.dataValue().getEntries()
            : Map.of();
    return new Command.Shared(response.key().id(), entries);
  }
}
