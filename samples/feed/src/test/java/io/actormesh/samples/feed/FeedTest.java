package io.actormesh.samples.feed;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.actormesh.samples.feed.Feed.Post;
import io.actormesh.samples.feed.Feed.Publish;
import io.actormesh.samples.feed.Feed.Published;
import io.actormesh.samples.feed.Feed.Read;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Plain Pekko: no mesh needed. */
class FeedTest {

  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final long BORN = 500;

  private final ActorRef<Feed.Command> feed = KIT.spawn(Feed.create(BORN));
  private final TestProbe<Published> publisher = KIT.createTestProbe();
  private final TestProbe<Source<Post, NotUsed>> reader = KIT.createTestProbe();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void everyReaderGetsWhatIsPublishedFromThenOn() {
    publish("before");
    CompletableFuture<List<Post>> ann = take(2, read(Optional.empty()));
    CompletableFuture<List<Post>> bob = take(2, read(Optional.empty()));

    publish("one");
    assertThat(publish("two")).isEqualTo(new Published(503, 2));

    assertThat(ann)
        .succeedsWithin(20, SECONDS)
        .asInstanceOf(LIST)
        .containsExactly(post(502, "one"), post(503, "two"));
    assertThat(bob).succeedsWithin(20, SECONDS).asInstanceOf(LIST).hasSize(2);
  }

  @Test
  void aReaderThatComesBackGoesOnWhereItWas() {
    publish("one");
    publish("two");
    CompletableFuture<List<Post>> back = take(2, read(Optional.of(501L)));
    publish("three");

    assertThat(back)
        .succeedsWithin(20, SECONDS)
        .asInstanceOf(LIST)
        .containsExactly(post(502, "two"), post(503, "three"));
  }

  @Test
  void aReaderOfAnEarlierLifeGetsAllThatThereIs() {
    publish("one");

    assertThat(take(1, read(Optional.of(77L))))
        .succeedsWithin(20, SECONDS)
        .asInstanceOf(LIST)
        .containsExactly(post(501, "one"));
  }

  @Test
  void whoWasAwayForTooLongIsToldHowMuchIsGone() {
    publishMany(Feed.RING + 10);

    assertThat(take(1, read(Optional.of(501L))))
        .succeedsWithin(20, SECONDS)
        .asInstanceOf(LIST)
        .containsExactly(new Post(511, 9, "11"));
  }

  @Test
  void aReaderThatIsTooSlowKeepsTheLatestAndIsToldHowManyItMissed() {
    int many = 5 * Feed.BUFFER;
    SinkQueueWithCancel<Post> slow =
        read(Optional.empty()).toMat(Sink.queue(1), Keep.right()).run(KIT.system());
    publishMany(many);

    long seen = 0;
    long missed = 0;
    Post post;
    do {
      post = next(slow);
      seen++;
      missed += post.missed();
    } while (post.number() < BORN + many);

    assertThat(seen + missed).isEqualTo(many);
    assertThat(seen).isBetween((long) Feed.BUFFER, Feed.BUFFER + 50L);
  }

  @Test
  void theEndOfTheFeedEndsItsStreams() {
    CompletableFuture<List<Post>> all = take(9, read(Optional.empty()));
    publish("last");

    KIT.stop(feed);

    assertThat(all)
        .succeedsWithin(20, SECONDS)
        .asInstanceOf(LIST)
        .containsExactly(post(501, "last"));
  }

  @Test
  void aReaderThatLeavesIsForgotten() {
    next(read(Optional.of(0L)), "one").cancel();

    publisher.awaitAssert(() -> assertThat(publish("x").readers()).isZero());
  }

  private SinkQueueWithCancel<Post> next(Source<Post, NotUsed> posts, String text) {
    SinkQueueWithCancel<Post> queue = posts.toMat(Sink.queue(), Keep.right()).run(KIT.system());
    publish(text);
    assertThat(next(queue).text()).isEqualTo(text);
    return queue;
  }

  private static Post next(SinkQueueWithCancel<Post> queue) {
    return queue.pull().toCompletableFuture().orTimeout(20, SECONDS).join().orElseThrow();
  }

  private void publishMany(int posts) {
    for (int i = 1; i <= posts; i++) {
      publish(Integer.toString(i));
    }
  }

  private Published publish(String text) {
    feed.tell(new Publish(text, publisher.ref()));
    return publisher.receiveMessage();
  }

  private Source<Post, NotUsed> read(Optional<Long> after) {
    feed.tell(new Read(after, reader.ref()));
    return reader.receiveMessage();
  }

  private static CompletableFuture<List<Post>> take(int posts, Source<Post, NotUsed> source) {
    return source.take(posts).runWith(Sink.seq(), KIT.system()).toCompletableFuture();
  }

  private static Post post(long number, String text) {
    return new Post(number, 0, text);
  }
}
