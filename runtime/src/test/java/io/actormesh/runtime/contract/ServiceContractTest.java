package io.actormesh.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actormesh.runtime.call.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
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
            reserve-stock status #0{items:list[string],} nothing""");
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
