package io.actormesh.runtime.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actormesh.runtime.codec.Shop.Command;
import io.actormesh.runtime.contract.Operation;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // no reply ref
class StreamElementsTest {
  private static final Operation<Command> FOLLOW = Shop.operation(Shop.Follow.class);
  private static final Operation<Command> TICKS = Shop.operation(Shop.Ticks.class);
  private static final Operation<Command> SMALL = Shop.operation(Shop.Small.class);

  private final JsonMessages json = new JsonMessages();

  @Test
  void theStreamIsLeftOutOfTheMessageAndSuppliedWhenItIsDecoded() {
    var lines = Source.from(List.of(new Shop.Line("tea", 1, BigDecimal.ONE)));
    var other = Source.<Shop.Line>empty();
    for (PayloadCodec codec : List.of(Codecs.cbor(), Codecs.kryo())) {
      var bytes =
          codec
              .of(FOLLOW)
              .encodeRequest(new Shop.Follow("a", lines, true, null), Wire.ALLOCATOR, Wire.MAX);
      try {
        assertThat(codec.of(FOLLOW).decodeRequest(bytes, null, other))
            .isEqualTo(new Shop.Follow("a", other, true, null));
      } finally {
        bytes.release();
      }
    }
  }

  @Test
  void anElementOfAnotherTypeIsRefusedAndNamed() {
    for (PayloadCodec codec : List.of(Codecs.cbor(), Codecs.kryo())) {
      ElementCodec elements = codec.of(FOLLOW).argumentElements();
      assertThatThrownBy(() -> elements.encode("no line", Wire.ALLOCATOR, Wire.MAX))
          .isInstanceOfSatisfying(
              CodecException.class,
              refused ->
                  assertThat(refused.problem()).isEqualTo(CodecException.Problem.NOT_SERIALIZABLE));
      assertThatThrownBy(
              () -> elements.encode(new Shop.Line("x".repeat(99), 1, null), Wire.ALLOCATOR, 50))
          .isInstanceOf(CodecException.class);
      assertThatThrownBy(() -> codec.of(SMALL).replyElements().encode(1, Wire.ALLOCATOR, Wire.MAX))
          .hasMessageContaining("no stream");
      assertThatThrownBy(
              () -> codec.of(SMALL).argumentElements().decode(Unpooled.buffer().writeByte(1)))
          .hasMessageContaining("takes no stream");
    }
  }

  @Test
  void elementsThatSayNothingAreCarriedToo() {
    for (PayloadCodec codec : List.of(Codecs.cbor(), Codecs.kryo())) {
      ElementCodec done = codec.of(TICKS).replyElements();
      assertThat(Wire.element(done, Done.getInstance())).isEqualTo(Done.getInstance());
      ElementCodec maybe = codec.of(TICKS).argumentElements();
      assertThat(Wire.element(maybe, Optional.empty())).isEqualTo(Optional.empty());
      assertThat(Wire.element(maybe, Optional.of(7))).isEqualTo(Optional.of(7));
    }
  }

  @Test
  void elementsAreWrittenAndReadAsStrictJson() {
    assertThat(json.writeElement(FOLLOW, new Shop.Cash()))
        .asString(UTF_8)
        .isEqualTo("{\"cash\":{}}");
    assertThat(json.writeElement(TICKS, Done.getInstance())).asString(UTF_8).isEqualTo("{}");
    assertThat(line("{\"item\":\"tea\",\"quantity\":2,\"price\":1.5}"))
        .isEqualTo(new Shop.Line("tea", 2, new BigDecimal("1.5")));
    assertThatThrownBy(() -> line("{\"item\":\"tea\",\"quantity\":\"2\",\"price\":1}"))
        .isInstanceOfSatisfying(
            JsonProblem.class, problem -> assertThat(problem.path()).isEqualTo("$.quantity"));
    assertThatThrownBy(() -> line("{\"item\":\"tea\"} {}")).isInstanceOf(JsonProblem.class);
    assertThatThrownBy(() -> line("")).isInstanceOf(JsonProblem.class);
    assertThatThrownBy(() -> json.readArgumentElement(SMALL, new byte[] {'1'}))
        .hasMessageContaining("takes no stream");
    assertThatThrownBy(() -> json.writeElement(SMALL, 1)).hasMessageContaining("no stream");
  }

  @Test
  void aMessageIsReadWithItsStream() {
    var lines = Source.<Shop.Line>empty();
    byte[] body = "{\"loud\":true}".getBytes(UTF_8);
    assertThat(json.read(FOLLOW, body, Map.of("name", List.of("a")), null, lines))
        .isEqualTo(new Shop.Follow("a", lines, true, null));
    byte[] named = "{\"name\":\"a\",\"lines\":[],\"loud\":true}".getBytes(UTF_8);
    assertThatThrownBy(() -> json.read(FOLLOW, named, Map.of()))
        .isInstanceOf(JsonProblem.class)
        .hasMessageContaining("lines");
  }

  private Object line(String text) {
    return json.readArgumentElement(FOLLOW, text.getBytes(UTF_8));
  }
}
