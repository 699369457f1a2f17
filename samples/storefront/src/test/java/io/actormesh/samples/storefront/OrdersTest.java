package io.actormesh.samples.storefront;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.samples.storefront.Orders.Follow;
import io.actormesh.samples.storefront.Orders.OrderStatus;
import io.actormesh.samples.storefront.Orders.Report;
import io.actormesh.samples.storefront.Orders.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances that share a log, as on two nodes; no mesh. */
class OrdersTest {

  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestProbe<StatusReply<OrderStatus>> reporter = KIT.createTestProbe();
  private final TestProbe<StatusReply<Source<OrderStatus, NotUsed>>> follower =
      KIT.createTestProbe();

  @TempDir private Path folder;
  private ActorRef<Orders.Command> here;
  private ActorRef<Orders.Command> there;

  @BeforeEach
  void open() {
    here = KIT.spawn(Orders.create(folder.resolve("log")));
    there = KIT.spawn(Orders.create(folder.resolve("log")));
  }

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aFollowerSeesWhatHasHappenedAndWhatHappensLaterAnywhereUntilTheEnd() throws Exception {
    report(here, Step.RESERVED, "north");
    SinkQueueWithCancel<OrderStatus> statuses = queue(follow(here, Optional.empty()));
    assertThat(next(statuses)).contains(new OrderStatus(1, Step.RESERVED, "north"));

    report(there, Step.PLACED, "9 cents, ünd\nmore");
    report(here, Step.DELIVERED, "");

    assertThat(next(statuses)).contains(new OrderStatus(2, Step.PLACED, "9 cents, ünd\nmore"));
    assertThat(next(statuses)).contains(new OrderStatus(3, Step.DELIVERED, ""));
    assertThat(next(statuses)).isEmpty();
  }

  @Test
  void aFollowerGoesOnAtAnotherInstanceAfterWhatItHasSeen() {
    report(here, Step.RESERVED, "north");
    report(here, Step.REFUSED, "no price");

    assertThat(all(follow(there, Optional.of(1))))
        .containsExactly(new OrderStatus(2, Step.REFUSED, "no price"));
    assertThat(all(follow(there, Optional.of(2)))).isEmpty();
    assertThat(all(follow(there, Optional.of(99)))).isEmpty();
  }

  @Test
  void whatIsReportedTwiceHappensOnce() {
    report(here, Step.RESERVED, "north");
    OrderStatus first = report(here, Step.SCANNED, "depot 1").getValue();

    assertThat(report(there, Step.SCANNED, "depot 1").getValue()).isEqualTo(first);
    assertThat(report(there, Step.SCANNED, "depot 2").getValue().number()).isEqualTo(3);
  }

  @Test
  void nothingHappensToAnOrderThatIsOverOrThatNobodyHasPlaced() {
    assertThat(report(here, Step.PACKED, "").getError()).hasMessage("there is no order 'order-1'");
    here.tell(new Follow("order-1", Optional.empty(), follower.ref()));
    assertThat(follower.receiveMessage().getError()).hasMessage("there is no order 'order-1'");

    report(here, Step.REFUSED, "no price");

    assertThat(report(there, Step.PACKED, "").getError()).hasMessage("order 'order-1' is over");
  }

  @Test
  void theLogOutlivesItsReaders() {
    report(here, Step.RESERVED, "north");
    report(here, Step.REFUSED, "no price");
    KIT.stop(here);
    KIT.stop(there);

    assertThat(
            all(follow(KIT.spawn(Orders.create(folder.resolve("log"))), Optional.<Integer>empty())))
        .hasSize(2);
  }

  private StatusReply<OrderStatus> report(ActorRef<Orders.Command> orders, Step step, String note) {
    orders.tell(new Report("order-1", step, note, reporter.ref()));
    return reporter.receiveMessage();
  }

  private Source<OrderStatus, NotUsed> follow(
      ActorRef<Orders.Command> orders, Optional<Integer> after) {
    orders.tell(new Follow("order-1", after, follower.ref()));
    return follower.receiveMessage().getValue();
  }

  private static SinkQueueWithCancel<OrderStatus> queue(Source<OrderStatus, NotUsed> statuses) {
    return statuses.toMat(Sink.queue(), Keep.right()).run(KIT.system());
  }

  private static Optional<OrderStatus> next(SinkQueueWithCancel<OrderStatus> statuses) {
    return statuses.pull().toCompletableFuture().orTimeout(20, SECONDS).join();
  }

  private static List<OrderStatus> all(Source<OrderStatus, NotUsed> statuses) {
    return statuses
        .completionTimeout(PATIENCE)
        .runWith(Sink.seq(), KIT.system())
        .toCompletableFuture()
        .join();
  }
}
