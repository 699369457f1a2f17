package io.actormesh.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.actormesh.runtime.codec.Shop.Command;
import io.actormesh.runtime.contract.Operation;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that no honest node sends: only a CodecException may come of them. */
@SuppressWarnings("NullAway") // no reply ref
class HostileInputTest {
  private static final int MUTATIONS = 20_000;
  private static final long SEED = 20_240_917L;
  private static final long MOST_BYTES_EACH = 8L << 20;

  private final SplittableRandom random = new SplittableRandom(SEED);

  static Stream<PayloadCodec> codecs() {
    return Stream.of(Codecs.cbor(), Codecs.kryo());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  @Timeout(60)
  void mutatedMessagesAreReadOrRefusedAndNeverTakeMuchMemory(PayloadCodec codec) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[][] seeds = seeds(codec);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      int of = i % seeds.length;
      byte[] bytes = mutated(seeds[of]);
      long before = threads.getCurrentThreadAllocatedBytes();
      refused += read(codec, Shop.CONTRACT.operations().get(of), bytes) ? 0 : 1;
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as("mutation %s of seed %s", i, SEED).isLessThan(MOST_BYTES_EACH);
    }
    assertThat(refused).isBetween(1, MUTATIONS - 1);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void bytesOfChanceAreRefused(PayloadCodec codec) {
    Operation<Command> order = Shop.operation(Shop.Order.class);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      read(codec, order, bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void everyPrefixOfAMessageIsRefusedOrRead(PayloadCodec codec) {
    Operation<Command> order = Shop.operation(Shop.Order.class);
    byte[] whole = seeds(codec)[Shop.CONTRACT.operations().indexOf(order)];
    for (int length = 0; length < whole.length; length++) {
      assertThat(read(codec, order, Arrays.copyOf(whole, length)))
          .as("length %s", length)
          .isFalse();
    }
    assertThat(read(codec, order, Arrays.copyOf(whole, whole.length + 1))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void whatNestsTooDeepIsRefusedWhenItIsSent(PayloadCodec codec) {
    Operation<Command> evaluate = Shop.operation(Shop.Evaluate.class);
    Shop.Expression deep = new Shop.Literal(1);
    for (int i = 0; i < 5000; i++) {
      deep = new Shop.Sum(deep, new Shop.Literal(i));
    }
    Command message = new Shop.Evaluate(deep, null);
    assertThatThrownBy(() -> Wire.request(codec, evaluate, message))
        .isInstanceOfSatisfying(
            CodecException.class,
            thrown ->
                assertThat(thrown.problem()).isEqualTo(CodecException.Problem.NOT_SERIALIZABLE));
  }

  private static boolean read(PayloadCodec codec, Operation<Command> operation, byte[] bytes) {
    try {
      return Wire.request(codec, operation, bytes, null) != null;
    } catch (CodecException refused) {
      assertThat(refused.problem()).isEqualTo(CodecException.Problem.NOT_READABLE);
      return false;
    }
  }

  private byte[][] seeds(PayloadCodec codec) {
    return Shop.CONTRACT.operations().stream()
        .map(
            operation -> {
              RandomValues values = new RandomValues(random.split(), false);
              Command message = operation.create(values.fields(operation.message()), null);
              return Wire.request(codec, operation, message);
            })
        .toArray(byte[][]::new);
  }

  private byte[] mutated(byte[] seed) {
    byte[] bytes = seed.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 5), (byte) 0xff);
        case 3 -> bytes = Arrays.copyOf(bytes, at);
        default -> bytes = doubled(bytes, at);
      }
    }
    return bytes;
  }

  private static byte[] doubled(byte[] bytes, int at) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + at);
    System.arraycopy(bytes, 0, longer, bytes.length, at);
    return longer;
  }
}
