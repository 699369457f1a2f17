package io.actormesh.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.SchemaCompatibility;
import io.actormesh.runtime.contract.ServiceContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two versions of one service, one on each node, talking in both directions. */
@SuppressWarnings({"NullAway", "SameNameButDifferent", "ArrayRecordComponent"}) // two versions
class EvolutionTest {
  interface Old {
    sealed interface Command {}

    record Reserve(String item, int quantity, Line line, Color color, ActorRef<Reserved> replyTo)
        implements Command {}

    record Line(String sku) {}

    record Reserved(boolean done) {}

    enum Color {
      RED,
      GREEN
    }
  }

  interface New {
    sealed interface Command {}

    record Reserve(
        @Nullable String customer,
        double weight,
        Optional<String> note,
        List<Extra> extras,
        Set<UUID> ids,
        Map<String, Extra> byName,
        Instant when,
        @Nullable Extra extra,
        Line line,
        int quantity,
        String item,
        Color color,
        float rough,
        byte[] bytes,
        ActorRef<Reserved> replyTo)
        implements Command {}

    record Line(Optional<Extra> extra, String sku, long number) {}

    record Extra(String text, List<Extra> more) {}

    record Reserved(String where, boolean done, Optional<Payment> payment) {}

    enum Color {
      BLUE,
      GREEN,
      RED
    }

    sealed interface Payment {}

    record Card(String number) implements Payment {}
  }

  private static final ServiceContract<Old.Command> OLD =
      ServiceContract.of("stock", Old.Command.class);
  private static final ServiceContract<New.Command> NEW =
      ServiceContract.of("stock", New.Command.class);

  private final Operation<Old.Command> oldReserve = OLD.operation("reserve").orElseThrow();
  private final Operation<New.Command> newReserve = NEW.operation("reserve").orElseThrow();

  static Stream<PayloadCodec> codecs() {
    return Stream.of(Codecs.cbor(), Codecs.kryo());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void anOldNodeCallsANewOneWhichSeesNothingForTheFieldsItAdded(PayloadCodec codec) {
    assertThat(SchemaCompatibility.clash(OLD.schema(), NEW.schema())).isEmpty();
    byte[] sent =
        Wire.request(
            codec,
            oldReserve,
            new Old.Reserve("bolt", 3, new Old.Line("b-1"), Old.Color.GREEN, null));
    New.Reserve seen = (New.Reserve) Wire.request(codec, newReserve, sent, null);
    assertThat(seen)
        .isEqualTo(
            new New.Reserve(
                null,
                0,
                Optional.empty(),
                List.of(),
                Set.of(),
                Map.of(),
                null,
                null,
                new New.Line(Optional.empty(), "b-1", 0),
                3,
                "bolt",
                New.Color.GREEN,
                0,
                null,
                null));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void aNewNodeCallsAnOldOneWhichPassesOverWhatItDoesNotKnow(PayloadCodec codec) {
    New.Extra extra = new New.Extra("x", List.of(new New.Extra("y", List.of())));
    byte[] sent =
        Wire.request(
            codec,
            newReserve,
            new New.Reserve(
                "Ann",
                1.5,
                Optional.of("soon"),
                List.of(extra, extra),
                Set.of(new UUID(1, 2)),
                Map.of("a", extra),
                Instant.EPOCH,
                extra,
                new New.Line(Optional.of(extra), "b-1", -7),
                3,
                "bolt",
                New.Color.RED,
                2.5f,
                new byte[] {1, 2, 3},
                null));
    assertThat(Wire.request(codec, oldReserve, sent, null))
        .isEqualTo(new Old.Reserve("bolt", 3, new Old.Line("b-1"), Old.Color.RED, null));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void repliesGoBothWaysToo(PayloadCodec codec) {
    byte[] fromOld = Wire.reply(codec, oldReserve, new Old.Reserved(true));
    assertThat(Wire.reply(codec, newReserve, fromOld))
        .isEqualTo(new New.Reserved(null, true, Optional.empty()));
    byte[] fromNew =
        Wire.reply(
            codec, newReserve, new New.Reserved("A3", true, Optional.of(new New.Card("4711"))));
    assertThat(Wire.reply(codec, oldReserve, fromNew)).isEqualTo(new Old.Reserved(true));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void aConstantThatTheOlderNodeLacksFailsAndNamesTheField(PayloadCodec codec) {
    byte[] sent =
        Wire.request(
            codec,
            newReserve,
            new New.Reserve(
                null,
                0,
                Optional.empty(),
                List.of(),
                Set.of(),
                Map.of(),
                null,
                null,
                null,
                1,
                "x",
                New.Color.BLUE,
                0,
                null,
                null));
    assertThatThrownBy(() -> Wire.request(codec, oldReserve, sent, null))
        .isInstanceOf(CodecException.class)
        .hasMessage("color: expected one of [RED, GREEN]");
  }
}
