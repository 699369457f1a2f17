package io.actormesh.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.actormesh.runtime.contract.ContractException.Finding;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.SourceRef;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings({
  "rawtypes",
  "UnicodeInCode",
  "ArrayRecordComponent",
  "UnusedNestedClass",
  "UnusedVariable"
}) // wrong on purpose
class ContractFindingsTest {

  interface NotSealed {}

  sealed interface Shapes {}

  record NoRecordAtAll(Wrong field) implements Shapes {}

  static final class Wrong {}

  static final class ClassMessage implements Shapes {}

  non-sealed interface Open extends Shapes {}

  private record Hidden() implements Shapes {}

  record Generic<T>(T value) implements Shapes {}

  sealed interface Replies {}

  record Twice(ActorRef<String> first, ActorRef<String> second) implements Replies {}

  record Raw(ActorRef replyTo) implements Replies {}

  record RawStatus(ActorRef<StatusReply> replyTo) implements Replies {}

  record Wild(ActorRef<?> replyTo) implements Replies {}

  record Failing(ActorRef<Throwable> replyTo) implements Replies {}

  sealed interface Names {}

  record SameName() implements Names {}

  record Samename2() implements Names {}

  record Grüße() implements Names {}

  sealed interface Fields {}

  record Bad(
      Object object,
      Function<String, String> function,
      Thread thread,
      InputStream stream,
      List raw,
      List<?> wild,
      Set<? extends Number> bounded,
      CharSequence open,
      StringBuilder mutable,
      Exception thrown,
      Date date,
      OptionalInt optionalInt,
      ArrayList<String> arrayList,
      String[] array,
      Optional<Optional<String>> twice,
      Map<Line, String> keyed,
      Line line,
      List<Holder> holders,
      Done done)
      implements Fields {}

  record Line(String item, Wrong wrong) {}

  record Holder(Optional<ActorRef<String>> ref, List<ActorRef<String>> refs) {}

  sealed interface Endless {}

  record Start(Ring ring, @Nullable Chain chain, Branch branch) implements Endless {}

  record Ring(String name, Ring next) {}

  record Chain(String name, @Nullable Chain next) {}

  record Branch(List<Branch> branches) {}

  sealed interface Unions {}

  record Uses(Payment payment, Mixed mixed, Result<String> result, Lost<String> lost)
      implements Unions {}

  sealed interface Payment {}

  record Card() implements Payment {}

  static final class Other {
    record Card() implements Payment {}
  }

  sealed interface Mixed {}

  enum Constant implements Mixed {
    ONE
  }

  record Fine() implements Mixed {}

  sealed interface Result<T> {}

  record Ok<V>(V value) implements Result<V> {}

  record Broken(String why) implements Result<String> {}

  sealed interface Lost<T> {}

  record Found<T, U>(T one, U two) implements Lost<T> {}

  sealed interface Nobody permits Nobody.Internal {
    sealed interface Internal extends Nobody {}

    record Only() implements Internal {}
  }

  sealed interface Deep {}

  record Deeper(Nest<String> nest) implements Deep {}

  record Nest<T>(T value, Optional<Nest<List<T>>> inner) {}

  sealed interface Streams {}

  record Scala(ActorRef<org.apache.pekko.stream.scaladsl.Source<String, NotUsed>> replyTo)
      implements Streams {}

  record Counted(ActorRef<StatusReply<Source<String, Long>>> replyTo) implements Streams {}

  record Nested(ActorRef<Source<Source<String, NotUsed>, NotUsed>> replyTo) implements Streams {}

  record Two(Source<String, NotUsed> one, Source<Integer, NotUsed> two, ActorRef<Done> replyTo)
      implements Streams {}

  record Fired(Source<String, NotUsed> events) implements Streams {}

  record RawSource(Source events, ActorRef<Source> replyTo) implements Streams {}

  record Unserializable(Source<Wrong, NotUsed> events, ActorRef<Source<Thread, NotUsed>> replyTo)
      implements Streams {}

  record Held(Holding holding, Optional<Source<String, NotUsed>> maybe, ActorRef<Done> replyTo)
      implements Streams {}

  record Holding(List<Source<String, NotUsed>> streams) {}

  record Alike(
      SourceRef<String> ref, java.util.stream.Stream<String> stream, ActorRef<Holding> replyTo)
      implements Streams {}

  @Test
  void whatCannotBeAStreamIsNamedWithItsFix() {
    List<Finding> found = findings("a", Streams.class);
    assertThat(found)
        .extracting(Finding::where, Finding::problem)
        .containsExactlyInAnyOrder(
            tuple("Scala.replyTo", "a Source of Pekko's Scala DSL"),
            tuple("Counted.replyTo", "a Source that materializes java.lang.Long"),
            tuple("Nested.replyTo[]", "no codec can carry the class Source"),
            tuple("Two.two", "a second Source beside one"),
            tuple("Fired.events", "a Source in a one-way message"),
            tuple("RawSource.events", "raw type Source"),
            tuple("RawSource.replyTo", "raw type Source"),
            tuple("Unserializable.events[]", "no codec can carry the class Wrong"),
            tuple("Unserializable.replyTo[]", "no codec can carry the class Thread"),
            tuple("Held.holding.streams[]", "no codec can carry the class Source"),
            tuple("Held.maybe", "no codec can carry the class Source"),
            tuple("Alike.ref", "no codec can carry the interface SourceRef"),
            tuple("Alike.stream", "no codec can carry the interface Stream"));
    assertThat(found).allSatisfy(finding -> assertThat(finding.fix()).isNotBlank());
    assertThat(found)
        .filteredOn(
            finding -> finding.where().startsWith("Alike") || finding.where().startsWith("Scala"))
        .allSatisfy(finding -> assertThat(finding.fix()).contains("javadsl.Source<T, NotUsed>"));
  }

  @Test
  void aProtocolMustBeASealedInterface() {
    assertThat(findings("a", NotSealed.class))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.where()).isEqualTo("NotSealed");
              assertThat(finding.fix()).contains("sealed interface NotSealed");
            });
    assertThat(findings("a", String.class)).extracting(Finding::where).containsExactly("String");
  }

  @Test
  void theServiceNameIsCheckedAlongWithEverythingElse() {
    assertThat(findings("Not A Name", NotSealed.class))
        .extracting(Finding::where)
        .containsExactly("service 'Not A Name'", "NotSealed");
  }

  @Test
  void everyPermittedTypeMustBeAnAccessibleRecord() {
    assertThat(findings("a", Shapes.class))
        .extracting(Finding::where, Finding::problem)
        .containsExactlyInAnyOrder(
            tuple("ClassMessage", "it is not a record"),
            tuple("Open", "it is an interface that is not sealed"),
            tuple("Hidden", "it is private, so no caller can send it"),
            tuple("Generic", "a message with type parameters"),
            tuple("NoRecordAtAll.field", "no codec can carry the class Wrong"));
  }

  @Test
  void whatIsDeclaredInternalMayBeAnything() {
    assertThatCode(
            () ->
                ServiceContract.builder("a", Shapes.class)
                    .internal(ClassMessage.class, Open.class, Generic.class, NoRecordAtAll.class)
                    .operation(Hidden.class, op -> op.named("shown"))
                    .build())
        .isInstanceOfSatisfying(
            ContractException.class,
            thrown ->
                assertThat(thrown.findings()).extracting(Finding::where).containsExactly("Hidden"));
  }

  @Test
  void aMessageHasAtMostOneTypedReplyRef() {
    assertThat(findings("a", Replies.class))
        .extracting(Finding::where, Finding::problem)
        .containsExactlyInAnyOrder(
            tuple("Twice.second", "a second ActorRef beside first"),
            tuple("Raw.replyTo", "raw type ActorRef"),
            tuple("RawStatus.replyTo", "raw type StatusReply"),
            tuple("Wild.replyTo", "wildcard ?"),
            tuple("Failing.replyTo", "no codec can carry the throwable Throwable"));
  }

  @Test
  void operationNamesAreCheckedAndUnique() {
    ContractException thrown =
        catchThrowableOfType(
            ContractException.class,
            () ->
                ServiceContract.builder("a", Names.class)
                    .operation(Samename2.class, op -> op.named("same-name"))
                    .operation(SameName.class, op -> op.deadline(Duration.ZERO))
                    .build());
    assertThat(thrown.findings())
        .extracting(Finding::where)
        .containsExactlyInAnyOrder("SameName", "Samename2", "Grüße");
  }

  @Test
  void everyFieldThatNoCodecCanCarryIsNamedAtOnceWithItsFix() {
    List<Finding> found = findings("a", Fields.class);
    assertThat(found)
        .extracting(Finding::where)
        .containsExactlyInAnyOrder(
            "Bad.object",
            "Bad.function",
            "Bad.thread",
            "Bad.stream",
            "Bad.raw",
            "Bad.wild",
            "Bad.bounded",
            "Bad.open",
            "Bad.mutable",
            "Bad.thrown",
            "Bad.date",
            "Bad.optionalInt",
            "Bad.arrayList",
            "Bad.array",
            "Bad.twice",
            "Bad.keyed",
            "Bad.line.wrong",
            "Bad.holders[].ref",
            "Bad.holders[].refs[]",
            "Bad.done");
    assertThat(found).allSatisfy(finding -> assertThat(finding.fix()).isNotBlank());
  }

  @Test
  void theMessageHoldsAllFindings() {
    ContractException thrown =
        catchThrowableOfType(ContractException.class, () -> ServiceContract.of("a", Fields.class));
    assertThat(thrown)
        .hasMessageContaining("service 'a'")
        .hasMessageContaining("Bad.date: no codec can carry the class Date. Fix: use java.time");
  }

  @Test
  void aRecordThatAlwaysHoldsItselfIsRefused() {
    assertThat(findings("a", Endless.class)).extracting(Finding::where).containsExactly("Ring");
  }

  @Test
  void sealedFieldsConsistOfRecordsWithNamesOfTheirOwn() {
    assertThat(findings("a", Unions.class))
        .extracting(Finding::where)
        .containsExactlyInAnyOrder("Uses.payment", "Uses.mixed.Constant", "Uses.lost.Found");
  }

  @Test
  void aProtocolOfInternalMessagesAloneHasNoOperation() {
    assertThat(findings("a", Nobody.class))
        .extracting(Finding::problem)
        .containsExactly("it has no operation");
  }

  @Test
  void aTypeThatNestsItsOwnArgumentForEverIsRefused() {
    assertThat(findings("a", Deep.class))
        .singleElement()
        .satisfies(f -> assertThat(f.problem()).contains("nest deeper"));
  }

  @Test
  void settingsForWhatIsNoOperationAreRefused() {
    assertThatCode(
            () ->
                ServiceContract.builder("a", Nobody.class)
                    .operation(Nobody.Only.class, OperationBuilder::idempotent)
                    .build())
        .hasMessageContaining("it has settings but is no operation of Nobody");
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private static List<Finding> findings(String name, Class<?> protocol) {
    ContractException thrown =
        catchThrowableOfType(ContractException.class, () -> ServiceContract.of(name, protocol));
    assertThat(thrown).isNotNull();
    return thrown.findings();
  }
}
