package io.actormesh.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;

@SuppressWarnings("SameNameButDifferent") // versions of a type share its name
class SchemaCompatibilityTest {
  interface Old {
    sealed interface Command {}

    record Reserve(List<Line> lines, Color color, Payment payment, ActorRef<Reserved> replyTo)
        implements Command {}

    record Line(String item, int quantity, Optional<String> note) {}

    record Reserved(UUID id, Tree tree) {}

    record Tree(Map<String, Tree> children) {}

    record Dropped(Set<Integer> numbers) implements Command {}

    enum Color {
      RED,
      GREEN
    }

    sealed interface Payment {}

    record Cash(int amount) implements Payment {}
  }

  interface New {
    sealed interface Command {}

    record Reserve(
        String customer, Payment payment, List<Row> lines, Color color, ActorRef<Answer> replyTo)
        implements Command {}

    record Row(Optional<String> item, Integer quantity, double weight) {}

    record Answer(Tree tree, UUID id, String text) {}

    record Tree(String name, Map<String, Tree> children) {}

    enum Color {
      BLUE,
      GREEN,
      RED
    }

    sealed interface Payment {}

    record Card(String number) implements Payment {}

    record Cash(int amount, String currency) implements Payment {}
  }

  interface OtherType {
    sealed interface Command {}

    record Reserve(List<Line> lines, ActorRef<Old.Reserved> replyTo) implements Command {}

    record Line(String item, long quantity) {}
  }

  interface OtherReply {
    sealed interface Command {}

    record Reserve(List<Old.Line> lines, ActorRef<String> replyTo) implements Command {}
  }

  interface StatusInstead {
    sealed interface Command {}

    record Reserve(ActorRef<StatusReply<Old.Reserved>> replyTo) implements Command {}
  }

  interface OneWay {
    sealed interface Command {}

    record Reserve() implements Command {}
  }

  interface DeepChange {
    sealed interface Command {}

    record Reserve(ActorRef<Reserved> replyTo) implements Command {}

    record Reserved(Tree tree) {}

    record Tree(Map<UUID, Tree> children) {}
  }

  interface Streamed {
    sealed interface Command {}

    record Reserve(Source<Old.Line, NotUsed> lines, ActorRef<Source<Old.Line, NotUsed>> replyTo)
        implements Command {}
  }

  interface StreamedNewer {
    sealed interface Command {}

    record Reserve(
        String customer,
        Source<New.Row, NotUsed> renamed,
        ActorRef<Source<New.Row, NotUsed>> replyTo)
        implements Command {}
  }

  interface StreamedOther {
    sealed interface Command {}

    record Reserve(
        Source<OtherType.Line, NotUsed> lines, ActorRef<Source<Old.Line, NotUsed>> replyTo)
        implements Command {}
  }

  interface StreamedReply {
    sealed interface Command {}

    record Reserve(ActorRef<Source<Old.Line, NotUsed>> replyTo) implements Command {}
  }

  interface PlainReply {
    sealed interface Command {}

    record Reserve(ActorRef<Old.Line> replyTo) implements Command {}
  }

  private static final List<String> SCHEMAS =
      List.of(
          schema(Old.Command.class),
          schema(New.Command.class),
          schema(OtherType.Command.class),
          schema(OtherReply.Command.class),
          schema(StatusInstead.Command.class),
          schema(OneWay.Command.class),
          schema(DeepChange.Command.class),
          schema(Streamed.Command.class),
          schema(StreamedNewer.Command.class),
          schema(StreamedOther.Command.class),
          schema(StreamedReply.Command.class),
          schema(PlainReply.Command.class));

  @Provide
  Arbitrary<String> schemas() {
    return Arbitraries.of(SCHEMAS);
  }

  @Property
  void aSchemaNeverClashesWithItself(@ForAll("schemas") String schema) {
    assertThat(SchemaCompatibility.clash(schema, schema)).isEmpty();
    // Not the shortcut for equal texts alone: an unrelated operation makes them differ.
    assertThat(SchemaCompatibility.clash(schema + "\nzzz one-way #0{}", schema)).isEmpty();
  }

  @Property
  void aClashIsSeenFromBothSides(@ForAll("schemas") String one, @ForAll("schemas") String other) {
    assertThat(SchemaCompatibility.clash(one, other).isPresent())
        .isEqualTo(SchemaCompatibility.clash(other, one).isPresent());
  }

  @Property
  void brokenTextIsAClashAndNeverAnError(
      @ForAll("schemas") String schema, @ForAll int cut, @ForAll char junk) {
    int at = Math.floorMod(cut, schema.length());
    String broken = schema.substring(0, at) + junk + schema.substring(at);
    assertThat(SchemaCompatibility.clash(schema, broken)).isNotNull();
    assertThat(SchemaCompatibility.clash(broken.substring(0, at), schema)).isNotNull();
  }

  @Example
  void fieldsConstantsRecordsAndOperationsMayBeAddedRenamedTypesReordered() {
    assertThat(clash(Old.Command.class, New.Command.class)).isEmpty();
  }

  @Example
  void aChangedFieldTypeClashesAndIsNamed() {
    assertThat(clash(Old.Command.class, OtherType.Command.class))
        .contains("operation 'reserve': message.lines[0].quantity is int here and long there");
  }

  @Example
  void aChangedReplyClashes() {
    assertThat(clash(Old.Command.class, OtherReply.Command.class))
        .contains("operation 'reserve': reply is record here and string there");
    assertThat(clash(Old.Command.class, StatusInstead.Command.class))
        .contains("operation 'reserve': is ask here and status there");
    assertThat(clash(Old.Command.class, OneWay.Command.class))
        .contains("operation 'reserve': is ask here and one-way there");
  }

  @Example
  void aChangeInsideARecursiveTypeClashes() {
    assertThat(clash(Old.Command.class, DeepChange.Command.class))
        .contains("operation 'reserve': reply.tree.children[0] is string here and uuid there");
  }

  @Example
  void elementsEvolveLikeRecordsAndTheNameOfAStreamedComponentIsFree() {
    assertThat(clash(Streamed.Command.class, StreamedNewer.Command.class)).isEmpty();
    assertThat(clash(Streamed.Command.class, StreamedOther.Command.class))
        .contains("operation 'reserve': argument[0].quantity is int here and long there");
  }

  @Example
  void aStreamAndAValueClash() {
    assertThat(clash(Streamed.Command.class, StreamedReply.Command.class))
        .contains("operation 'reserve': takes a stream here alone");
    assertThat(clash(StreamedReply.Command.class, Streamed.Command.class))
        .contains("operation 'reserve': takes a stream there alone");
    assertThat(clash(PlainReply.Command.class, StreamedReply.Command.class))
        .contains("operation 'reserve': reply is record here and stream there");
  }

  @Example
  void theSchemaOfOneOperationIsComparedLikeAContracts() {
    var reserve =
        ServiceContract.of("a", Old.Command.class).operation("reserve").orElseThrow().schema();
    assertThat(SchemaCompatibility.clash(reserve, schema(OtherType.Command.class))).isPresent();
  }

  private static Optional<String> clash(Class<?> mine, Class<?> theirs) {
    return SchemaCompatibility.clash(schema(mine), schema(theirs));
  }

  private static String schema(Class<?> protocol) {
    return ServiceContract.of("a", protocol).schema();
  }
}
