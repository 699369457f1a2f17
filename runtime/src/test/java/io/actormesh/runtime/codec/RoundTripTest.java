package io.actormesh.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.codec.Shop.Command;
import io.actormesh.runtime.contract.Operation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

class RoundTripTest {
  private static final Operation<Command> FOLLOW = Shop.operation(Shop.Follow.class);

  private final JsonMessages json = new JsonMessages();

  @Provide
  Arbitrary<PayloadCodec> codecs() {
    return Arbitraries.of(List.of(Codecs.cbor(), Codecs.kryo()));
  }

  @Provide
  Arbitrary<Operation<Command>> operations() {
    return Arbitraries.of(Shop.CONTRACT.operations());
  }

  @Provide
  Arbitrary<Operation<Command>> streaming() {
    return Arbitraries.of(FOLLOW, Shop.operation(Shop.Ticks.class));
  }

  @Property(tries = 600)
  void anyMessageArrivesAsItWasSent(
      @ForAll("codecs") PayloadCodec codec,
      @ForAll("operations") Operation<Command> operation,
      @ForAll long seed) {
    Command message = anyMessage(operation, seed, codec == Codecs.kryo());
    Command arrived = Wire.request(codec, operation, Wire.request(codec, operation, message), null);
    assertSame(arrived, message);
  }

  @Property(tries = 600)
  void anyReplyArrivesAsItWasSent(
      @ForAll("codecs") PayloadCodec codec,
      @ForAll("operations") Operation<Command> operation,
      @ForAll long seed) {
    RandomValues values = new RandomValues(generator(seed), codec == Codecs.kryo());
    if (operation.reply().isPresent()) {
      Object reply = values.value(operation.reply().get());
      Object arrived = Wire.reply(codec, operation, Wire.reply(codec, operation, reply));
      assertSame(arrived, reply);
    }
  }

  @Property(tries = 400)
  void anyElementOfAStreamArrivesAsItWasSent(
      @ForAll("codecs") PayloadCodec codec,
      @ForAll("streaming") Operation<Command> operation,
      @ForAll long seed) {
    RandomValues values = new RandomValues(generator(seed), codec == Codecs.kryo());
    OperationCodec<Command> coded = codec.of(operation);
    Object replied = values.value(operation.replyElement().orElseThrow());
    Object taken = values.value(operation.argumentElement().orElseThrow());
    assertSame(Wire.element(coded.replyElements(), replied), replied);
    assertSame(Wire.element(coded.argumentElements(), taken), taken);
  }

  @Property(tries = 200)
  void anyElementOfAnArgumentReadsBackFromItsJson(@ForAll long seed) {
    Object line =
        new RandomValues(generator(seed), false).value(FOLLOW.argumentElement().orElseThrow());
    byte[] text = json.writeReply(Shop.operation(Shop.Sell.class), line);
    assertSame(json.readArgumentElement(FOLLOW, text), line);
  }

  @Property(tries = 400)
  void anyMessageReadsBackFromItsJson(
      @ForAll("operations") Operation<Command> operation, @ForAll long seed) {
    Command message = anyMessage(operation, seed, false);
    byte[] text = json.writeMessage(operation, message);
    assertSame(json.read(operation, text, java.util.Map.of()), message);
  }

  private static Command anyMessage(Operation<Command> operation, long seed, boolean anyText) {
    RandomValues values = new RandomValues(generator(seed), anyText);
    return operation.create(values.fields(operation.message()), null);
  }

  private static RandomGenerator generator(long seed) {
    return new SplittableRandom(seed);
  }

  private static void assertSame(Object arrived, Object sent) {
    if (sent instanceof Shop.Arrays) {
      assertThat(arrived)
          .usingRecursiveComparison(new RecursiveComparisonConfiguration())
          .isEqualTo(sent);
    } else {
      assertThat(arrived).isEqualTo(sent);
    }
  }
}
