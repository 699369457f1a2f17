package io.actormesh.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.testkit.Feed.Command;
import io.actormesh.testkit.Feed.Item;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedTest {

  private final ActorTestKit kit = ActorTestKit.create();
  private final ActorRef<Command> feed = kit.spawn(Feed.create());

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void countsAsFarAsItIsTold() throws Exception {
    TestProbe<Source<Item, NotUsed>> probe = kit.createTestProbe();

    feed.tell(new Feed.Count(3, probe.ref()));

    List<Item> items =
        probe
            .receiveMessage()
            .runWith(Sink.seq(), kit.system())
            .toCompletableFuture()
            .get(5, SECONDS);
    assertThat(items).containsExactly(new Item(1), new Item(2), new Item(3));
  }

  @Test
  void addsWhatItIsSent() {
    TestProbe<StatusReply<Long>> probe = kit.createTestProbe();

    feed.tell(new Feed.Sum(Source.range(1, 100).map(Item::new), probe.ref()));

    probe.expectMessage(StatusReply.success(5050L));
  }
}
