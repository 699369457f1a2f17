package io.actormesh.membership.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EntryTableTest {

  @Property
  void mergingIsCommutative(@ForAll("tables") EntryTable a, @ForAll("tables") EntryTable b) {
    assertThat(a.merge(b)).isEqualTo(b.merge(a));
  }

  @Property
  void mergingIsAssociative(
      @ForAll("tables") EntryTable a,
      @ForAll("tables") EntryTable b,
      @ForAll("tables") EntryTable c) {
    assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
  }

  @Property
  void mergingIsIdempotent(@ForAll("tables") EntryTable a, @ForAll("tables") EntryTable b) {
    assertThat(a.merge(a)).isEqualTo(a);
    assertThat(a.merge(b).merge(b)).isEqualTo(a.merge(b));
  }

  @Property
  void theHigherRevisionWinsInAnyOrder(@ForAll("entries") List<NodeEntry> entries) {
    EntryTable table = tableOf(entries);
    for (NodeEntry entry : entries) {
      assertThat(table.revision(entry.id())).isGreaterThanOrEqualTo(entry.revision());
    }
    assertThat(entries).containsAll(table.entries().values());
  }

  @Property
  void nothingIsKeptOfThoseWhoAreNotRetained(@ForAll("tables") EntryTable table) {
    EntryTable retained = table.retain(id -> id.incarnation() == 1);
    assertThat(retained.entries().keySet()).allMatch(id -> id.incarnation() == 1);
    assertThat(table.retain(id -> true)).isSameAs(table);
  }

  @Provide
  Arbitrary<EntryTable> tables() {
    return entries().map(EntryTableTest::tableOf);
  }

  @Provide
  Arbitrary<List<NodeEntry>> entries() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4),
            Arbitraries.longs().between(1, 2),
            Arbitraries.longs().between(1, 6))
        .as(EntryTableTest::entry)
        .list()
        .ofMaxSize(12);
  }

  /** What a node says at a revision is one thing: it is the only writer. */
  private static NodeEntry entry(int port, long incarnation, long revision) {
    NodeId id = new NodeId("127.0.0.1:" + port, incarnation);
    NodeDescriptor node =
        new NodeDescriptor(id, "n" + port, "", "1", Map.of(), "127.0.0.1", 1, 0, 0);
    NodeState state = revision % 2 == 0 ? NodeState.READY : NodeState.DRAINING;
    return new NodeEntry(node, state, revision, Map.of());
  }

  private static EntryTable tableOf(List<NodeEntry> entries) {
    return merged(EntryTable.empty(), entries);
  }

  private static EntryTable merged(EntryTable table, List<NodeEntry> entries) {
    return entries.stream().reduce(table, EntryTable::merge, EntryTable::merge);
  }
}
