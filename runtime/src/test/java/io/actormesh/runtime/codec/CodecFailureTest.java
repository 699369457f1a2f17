package io.actormesh.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actormesh.runtime.codec.CodecException.Problem;
import io.actormesh.runtime.codec.Shop.Command;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

// null stands for no reply ref and for what is missing; versions of a type share its name
@SuppressWarnings({"NullAway", "NullOptional", "SameNameButDifferent"})
class CodecFailureTest {
  interface Sender {
    sealed interface Command {}

    record Order(Basket basket, Map<String, List<Long>> stock, ActorRef<Basket> replyTo)
        implements Command {}

    record Basket(List<Line> lines) {}

    record Line(String quantity) {}
  }

  interface Receiver {
    sealed interface Command {}

    record Order(Basket basket, Map<String, List<Integer>> stock, ActorRef<Basket> replyTo)
        implements Command {}

    record Basket(List<Line> lines) {}

    record Line(int quantity) {
      public Line {
        if (quantity < 0) {
          throw new IllegalArgumentException("quantity: " + quantity + " (expected: >= 0)");
        }
      }
    }
  }

  private final Operation<Sender.Command> sent =
      ServiceContract.of("a", Sender.Command.class).operation("order").orElseThrow();
  private final Operation<Receiver.Command> received =
      ServiceContract.of("a", Receiver.Command.class).operation("order").orElseThrow();

  static Stream<PayloadCodec> codecs() {
    return Stream.of(Codecs.cbor(), Codecs.kryo());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void aValueOfAnotherTypeIsRefusedByItsPath(PayloadCodec codec) {
    Sender.Basket basket = new Sender.Basket(List.of(new Sender.Line("one")));
    byte[] bytes = Wire.request(codec, sent, new Sender.Order(basket, Map.of(), null));
    assertFails(
        () -> Wire.request(codec, received, bytes, null),
        Problem.NOT_READABLE,
        "basket.lines[0].quantity: expected ");
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void aNumberOutOfRangeIsRefusedByItsPath(PayloadCodec codec) {
    Map<String, List<Long>> stock = Map.of("bolt", List.of(1L, 1L << 40));
    byte[] bytes =
        Wire.request(codec, sent, new Sender.Order(new Sender.Basket(List.of()), stock, null));
    assertFails(
        () -> Wire.request(codec, received, bytes, null),
        Problem.NOT_READABLE,
        "stock['bolt'][1]: expected int, out of range");
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void aRecordsOwnConstructorHasTheLastWord(PayloadCodec codec) {
    Operation<Command> small = Shop.operation(Shop.Small.class);
    byte[] bytes = Wire.request(codec, small, new Shop.Small("x", -1, null));
    Operation<Picky.Command> picky =
        ServiceContract.of("a", Picky.Command.class).operation("small").orElseThrow();
    assertFails(
        () -> Wire.request(codec, picky, bytes, null),
        Problem.NOT_READABLE,
        "the value itself: refused by Small: count: -1");
  }

  interface Picky {
    sealed interface Command {}

    record Small(int count, ActorRef<Done> replyTo) implements Command {
      public Small {
        if (count < 0) {
          throw new IllegalArgumentException("count: " + count + " (expected: >= 0)");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void aNullInACollectionIsRefusedByItsPathWhenItIsSent(PayloadCodec codec) {
    Command message =
        new Shop.Plant(new Shop.Tree("a", Arrays.asList(tree("b"), null), Optional.empty()), null);
    assertFails(
        () -> Wire.request(codec, Shop.operation(Shop.Plant.class), message),
        Problem.NOT_SERIALIZABLE,
        "tree.children[1]: null where only values can be");
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void aReplyOfAnotherTypeIsRefusedWhenItIsSent(PayloadCodec codec) {
    for (Operation<Command> operation : Shop.CONTRACT.operations()) {
      assertThatThrownBy(() -> Wire.reply(codec, operation, Thread.State.NEW))
          .as(operation.name())
          .isInstanceOfSatisfying(
              CodecException.class,
              thrown -> assertThat(thrown.problem()).isEqualTo(Problem.NOT_SERIALIZABLE));
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void whatExceedsTheLimitIsRefusedAndTheBufferFreed(PayloadCodec codec) {
    Operation<Command> small = Shop.operation(Shop.Small.class);
    for (int length : new int[] {90, 9_000, 900_000}) {
      Command message = new Shop.Small("x".repeat(length), 1, null);
      assertFails(
          () -> codec.of(small).encodeRequest(message, Wire.ALLOCATOR, 80),
          Problem.TOO_LARGE,
          "larger than the limit");
    }
    assertThat(Wire.request(codec, small, new Shop.Small("x".repeat(50), 1, null)))
        .hasSizeLessThan(80);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void alreadyWhileWritingAHugeMessageStopsAtTheLimit(PayloadCodec codec) {
    // Were it written whole before it is measured, this would need 2 GiB.
    List<Shop.Line> lines =
        java.util.Collections.nCopies(
            20_000_000, new Shop.Line("x".repeat(100), 1, BigDecimal.ONE));
    Operation<Command> order = Shop.operation(Shop.Order.class);
    Command message =
        new Shop.Order(
            null, new Shop.Basket(lines), null, null, null, null, null, null, null, null);
    assertFails(
        () -> codec.of(order).encodeRequest(message, Wire.ALLOCATOR, 1 << 20),
        Problem.TOO_LARGE,
        "larger than the limit");
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void theReplyRefStaysOffTheWireAndIsSuppliedWhenDecoding(PayloadCodec codec) {
    ActorTestKit kit = ActorTestKit.create();
    try {
      ActorRef<Shop.Greeting> mine = kit.<Shop.Greeting>createTestProbe().ref();
      ActorRef<Shop.Greeting> theirs = kit.<Shop.Greeting>createTestProbe().ref();
      Operation<Command> small = Shop.operation(Shop.Small.class);
      byte[] bytes = Wire.request(codec, small, new Shop.Small("Ann", 1, mine));
      assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
          .doesNotContain("replyTo", "pekko", "Small", "io.actormesh");
      assertThat(Wire.request(codec, small, bytes, theirs))
          .isEqualTo(new Shop.Small("Ann", 1, theirs));
    } finally {
      kit.shutdownTestKit();
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void decodingLeavesReaderIndexAndReferenceCountAlone(PayloadCodec codec) {
    OperationCodec<Command> small = codec.of(Shop.operation(Shop.Small.class));
    ByteBuf encoded =
        small.encodeRequest(
            new Shop.Small("x", 7, null), UnpooledByteBufAllocator.DEFAULT, Wire.MAX);
    ByteBuf shifted = Unpooled.buffer().writeLong(0).writeBytes(encoded).skipBytes(8);
    assertThat(small.decodeRequest(shifted, null)).isEqualTo(new Shop.Small("x", 7, null));
    assertThat(shifted.readerIndex()).isEqualTo(8);
    assertThat(shifted.refCnt()).isEqualTo(1);
    encoded.release();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void aOneWayOperationHasNoReplyToCarry(PayloadCodec codec) {
    Operation<Command> ping = Shop.operation(Shop.Ping.class);
    assertFails(() -> Wire.reply(codec, ping, "x"), Problem.NOT_SERIALIZABLE, "one-way");
    assertFails(() -> Wire.reply(codec, ping, new byte[] {1}), Problem.NOT_READABLE, "one-way");
  }

  @Test
  void codecsAreFoundByName() {
    assertThat(Codecs.named("cbor")).isSameAs(Codecs.cbor());
    assertThat(Codecs.named("kryo")).isSameAs(Codecs.kryo());
    assertThatThrownBy(() -> Codecs.named("java"))
        .hasMessage("codec: java (expected: cbor or kryo)");
  }

  private static Shop.Tree tree(String name) {
    return new Shop.Tree(name, List.of(), Optional.empty());
  }

  private static void assertFails(ThrowingCallable call, Problem problem, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CodecException.class, thrown -> assertThat(thrown.problem()).isEqualTo(problem))
        .hasMessageContaining(message);
  }
}
