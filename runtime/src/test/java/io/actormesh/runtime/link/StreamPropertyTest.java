package io.actormesh.runtime.link;

import static io.actormesh.runtime.link.LinkContract.awaitEnd;
import static io.actormesh.runtime.link.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * What holds for a stream over TCP however the signals of its two ends, and a break, interleave.
 */
class StreamPropertyTest {

  private static final int WINDOW = 16;
  private static final StreamLimits LIMITS =
      new StreamLimits(WINDOW, 64 * 1024, Duration.ofSeconds(20), 1024);

  private static final NettyNode SERVER = node("server", 11);
  private static final NettyNode CLIENT = node("client", 12);
  private static final TcpProxy PROXY = new TcpProxy(SERVER.transport().boundPort());

  /** What a test does to one of the ends. */
  enum Act {
    SUBSCRIBE,
    REQUEST,
    MAKE,
    COMPLETE,
    FAIL,
    CANCEL,
    BREAK,
    /** Whatever is under way arrives first. */
    SETTLE
  }

  /** An act, and how many elements it is about. */
  record Step(Act act, int amount) {}

  @AfterContainer
  static void stop() {
    CLIENT.close();
    PROXY.close();
    SERVER.close();
  }

  private static NettyNode node(String name, long incarnation) {
    return new NettyNode(
        name, incarnation, settings -> settings.withStreams(LIMITS), MembershipGate.open());
  }

  @Provide
  Arbitrary<List<Step>> scripts() {
    Arbitrary<Act> acts =
        Arbitraries.frequency(
            Tuple.of(4, Act.SUBSCRIBE),
            Tuple.of(12, Act.REQUEST),
            Tuple.of(12, Act.MAKE),
            Tuple.of(8, Act.SETTLE),
            Tuple.of(2, Act.COMPLETE),
            Tuple.of(1, Act.FAIL),
            Tuple.of(1, Act.CANCEL),
            Tuple.of(1, Act.BREAK));
    return acts.flatMap(act -> Arbitraries.integers().between(1, 40).map(n -> new Step(act, n)))
        .list()
        .ofMaxSize(25);
  }

  @Property(tries = 100)
  void aStreamArrivesInOrderWithinItsWindowAndEndsOnce(
      @ForAll boolean argument, @ForAll("scripts") List<Step> script) {
    awaitConnection();
    StrictReader reader = new StrictReader();
    ScriptedProducer producer = new ScriptedProducer(() -> (long) reader.received() + WINDOW);
    List<InboundCall> served = new CopyOnWriteArrayList<>();
    Flow.Publisher<ByteBuf> stream = argument ? sent(producer, served) : replied(producer);

    boolean broken = false;
    for (Step step : script) {
      play(step, stream, reader, producer);
      broken |= step.act() == Act.BREAK;
    }
    reader.read(stream);
    if (!reader.cancelled()) {
      reader.request(100_000);
    }
    producer.end(false);

    endsAsItShould(reader, producer, broken);
    served.forEach(call -> Served.reply(call, "done"));
    await().until(() -> CLIENT.openStreams.get() == 0 && SERVER.openStreams.get() == 0);
    await().until(producer::quiet);
    await().until(producer::everythingReleased);
    CLIENT.settle();
    SERVER.settle();
    assertThat(reader.wrong()).isEmpty();
    assertThat(producer.wrong()).isEmpty();
    assertThat(reader.ends()).hasSizeBetween(reader.cancelled() ? 0 : 1, 1);
  }

  private static void endsAsItShould(
      StrictReader reader, ScriptedProducer producer, boolean broken) {
    if (!reader.cancelled()) {
      await().until(() -> !reader.ends().isEmpty());
      String end = reader.ends().get(0);
      assertThat(end).isIn(producer.expectedEnd(), broken ? "LOST" : producer.expectedEnd());
      if (!end.equals("LOST")) {
        assertThat(reader.received()).isEqualTo(producer.ready());
      }
    }
  }

  private static void play(
      Step step, Flow.Publisher<ByteBuf> stream, StrictReader reader, ScriptedProducer producer) {
    switch (step.act()) {
      case SUBSCRIBE -> reader.read(stream);
      case REQUEST -> reader.request(step.amount());
      case MAKE -> producer.make(step.amount());
      case COMPLETE -> producer.end(false);
      case FAIL -> producer.end(true);
      case CANCEL -> reader.cancel();
      case BREAK -> PROXY.breakConnections();
      case SETTLE -> {
        CLIENT.settle();
        SERVER.settle();
      }
    }
  }

  /** The last script may have broken the connection just now. */
  private static void awaitConnection() {
    SERVER.served.behave(Served::echo);
    await()
        .until(
            () -> {
              TestCall call = TestCall.say("there?");
              link().send(call);
              await().until(() -> !call.ends().isEmpty());
              return call.ends().equals(List.of("reply there?"));
            });
  }

  private static Link link() {
    return CLIENT.transport().to(SERVER.peerAt(PROXY.port()));
  }

  private static Flow.Publisher<ByteBuf> replied(Flow.Publisher<ByteBuf> producer) {
    SERVER.served.behave(call -> LinkStreamContract.replyStream(call, producer));
    TestCall call = TestCall.say("give");
    link().send(call);
    awaitEnd(call, "stream");
    return Objects.requireNonNull(call.stream());
  }

  private static Flow.Publisher<ByteBuf> sent(
      Flow.Publisher<ByteBuf> producer, List<InboundCall> calls) {
    SERVER.served.behave(
        call -> {
          Served.keep(call);
          calls.add(call);
        });
    link().send(TestCall.say("take").with(producer));
    await().until(() -> !calls.isEmpty());
    return calls.get(0).argument();
  }
}
