package io.actormesh.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actormesh.runtime.call.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // no reply ref
class ServiceContractTest {
  sealed interface Command {}

  record Greet(String name, int times, ActorRef<Greeting> replyTo, boolean loud)
      implements Command {}

  record ReserveStock(List<String> items, ActorRef<StatusReply<Done>> replyTo) implements Command {}

  record Forget(@Nullable String name, Optional<Integer> days) implements Command {}

  sealed interface Admin extends Command {}

  record HTTPPing(ActorRef<Done> replyTo) implements Admin {}

  sealed interface Internal extends Command {}

  record Tick(Thread anything) implements Internal {}

  record Wrapped(Object anything) implements Command {}

  record Greeting(String text) {}

  private final ServiceContract<Command> contract =
      ServiceContract.builder("greeter", Command.class)
          .operation(
              Forget.class,
              op ->
                  op.named("erase")
                      .idempotent()
                      .deadline(Duration.ofSeconds(2))
                      .priority(Priority.SHEDDABLE))
          .internal(Wrapped.class)
          .build();

  @Test
  void everyRecordOfTheSealedInterfaceIsAnOperationNamedInKebabCase() {
    assertThat(contract.operations())
        .extracting(Operation::name)
        .containsExactly("greet", "reserve-stock", "erase", "http-ping");
  }

  @Test
  void theReplyRefDecidesWhatAnOperationAnswers() {
    assertThat(contract.operations())
        .extracting(Operation::replyKind)
        .containsExactly(ReplyKind.PLAIN, ReplyKind.STATUS, ReplyKind.NONE, ReplyKind.PLAIN);
    assertThat(operation("greet").replyType()).contains(Greeting.class);
    assertThat(operation("reserve-stock").replyType()).contains(Done.class);
    assertThat(operation("erase").replyType()).isEmpty();
    assertThat(operation("erase").oneWay()).isTrue();
  }

  @Test
  void settingsOfAnOperationAreKept() {
    Operation<Command> erase = operation("erase");
    assertThat(erase.idempotent()).isTrue();
    assertThat(erase.deadline()).contains(Duration.ofSeconds(2));
    assertThat(erase.priority()).contains(Priority.SHEDDABLE);
    assertThat(operation("greet").idempotent()).isFalse();
    assertThat(operation("greet").deadline()).isEmpty();
  }

  @Test
  void fieldsLeaveOutTheReplyRefAndSayWhatIsRequired() {
    assertThat(operation("greet").fields())
        .containsExactly(
            new Field("name", String.class, true, 0),
            new Field("times", int.class, true, 1),
            new Field("loud", boolean.class, true, 3));
    assertThat(operation("erase").fields()).extracting(Field::required).containsOnly(false);
  }

  @Test
  void messagesAreMadeReadAndReissuedWithAnotherReplyRef() {
    ActorTestKit kit = ActorTestKit.create();
    try {
      TestProbe<Greeting> one = kit.createTestProbe();
      TestProbe<Greeting> other = kit.createTestProbe();
      Operation<Command> greet = operation("greet");
      Command message = greet.create(new Object[] {"Ann", 3, true}, one.ref());
      assertThat(message).isEqualTo(new Greet("Ann", 3, one.ref(), true));
      assertThat(greet.value(message, 0)).isEqualTo("Ann");
      assertThat(greet.value(message, 1)).isEqualTo(3);
      assertThat(greet.value(message, 2)).isEqualTo(true);
      assertThat(greet.withReplyTo(message, other.ref()))
          .isEqualTo(new Greet("Ann", 3, other.ref(), true));
      Command forget = new Forget("x", Optional.empty());
      assertThat(operation("erase").withReplyTo(forget, other.ref())).isSameAs(forget);
    } finally {
      kit.shutdownTestKit();
    }
  }

  @Test
  void theOperationOfAMessageIsFoundByItsClass() {
    for (Operation<Command> operation : contract.operations()) {
      Command message = sample(operation);
      assertThat(contract.operationOf(message)).isSameAs(operation);
    }
  }

  @Test
  void internalMessagesAreNoOperations() {
    assertThat(contract.operation("tick")).isEmpty();
    assertThatThrownBy(() -> contract.operationOf(new Wrapped("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Wrapped")
        .hasMessageContaining("erase, greet, http-ping, reserve-stock");
  }

  @Test
  void theSchemaNamesOperationsAndFieldsButNoClass() {
    assertThat(contract.schema())
        .isEqualTo(
            """
            erase one-way #0{days:optional[int],name:string,}
            greet ask #0{loud:boolean,name:string,times:int,} #1{text:string,}
            http-ping ask #0{} nothing
            reserve-stock status #0{items:list[string],} nothing\
            """);
  }

  sealed interface Streaming {}

  record Watch(String id, ActorRef<Source<Greeting, NotUsed>> replyTo) implements Streaming {}

  record Upload(
      String name,
      Source<Integer, NotUsed> parts,
      boolean last,
      ActorRef<StatusReply<Source<Greeting, NotUsed>>> replyTo)
      implements Streaming {}

  record Total(Source<Greeting, NotUsed> all, ActorRef<Integer> replyTo) implements Streaming {}

  private final ServiceContract<Streaming> streaming =
      ServiceContract.of("streaming", Streaming.class);

  @Test
  void aSourceIsAStreamAsReplyAndAsArgument() {
    Operation<Streaming> watch = streaming.operation("watch").orElseThrow();
    assertThat(watch.streamsReply()).isTrue();
    assertThat(watch.streamsArgument()).isFalse();
    assertThat(watch.replyKind()).isEqualTo(ReplyKind.PLAIN);
    assertThat(watch.reply()).isEmpty();
    assertThat(watch.replyElement()).map(Shape::rawType).hasValue(Greeting.class);
    Operation<Streaming> upload = streaming.operation("upload").orElseThrow();
    assertThat(upload.streamsReply() && upload.streamsArgument()).isTrue();
    assertThat(upload.replyKind()).isEqualTo(ReplyKind.STATUS);
    assertThat(upload.argumentName()).contains("parts");
    assertThat(upload.argumentElement()).map(Shape::rawType).hasValue(Integer.class);
    assertThat(upload.fields()).extracting(Field::name).containsExactly("name", "last");
    Operation<Streaming> total = streaming.operation("total").orElseThrow();
    assertThat(total.streamsReply()).isFalse();
    assertThat(total.reply()).map(Shape::rawType).hasValue(Integer.class);
    assertThat(total.oneWay()).isFalse();
  }

  @Test
  void aMessageIsMadeWithItsStreamReadAndGivenAnother() {
    Operation<Streaming> upload = streaming.operation("upload").orElseThrow();
    Source<Integer, NotUsed> parts = Source.single(1);
    Source<Integer, NotUsed> others = Source.single(2);
    Streaming message = upload.create(new Object[] {"a", true}, null, parts);
    assertThat(message).isEqualTo(new Upload("a", parts, true, null));
    assertThat(upload.argument(message)).isSameAs(parts);
    assertThat(upload.value(message, 1)).isEqualTo(true);
    assertThat(upload.withArgument(message, others)).isEqualTo(new Upload("a", others, true, null));
    Streaming watching = new Watch("7", null);
    Operation<Streaming> watch = streaming.operation("watch").orElseThrow();
    assertThat(watch.withArgument(watching, others)).isSameAs(watching);
    assertThat(watch.argument(watching)).isNull();
    assertThat(upload.argument(upload.create(new Object[] {"a", true}, null))).isNotNull();
  }

  @Test
  void theSchemaSaysWhatStreams() {
    assertThat(streaming.schema())
        .isEqualTo(
            """
            total ask #0{} int takes stream[#1{text:string,}]
            upload status #0{last:boolean,name:string,} stream[#1{text:string,}] takes stream[int]
            watch ask #0{id:string,} stream[#1{text:string,}]\
            """);
  }

  private static Command sample(Operation<Command> operation) {
    return switch (operation.name()) {
      case "greet" -> new Greet("x", 1, null, false);
      case "reserve-stock" -> new ReserveStock(List.of(), null);
      case "erase" -> new Forget("x", Optional.empty());
      default -> new HTTPPing(null);
    };
  }

  private Operation<Command> operation(String name) {
    return contract.operation(name).orElseThrow();
  }
}
