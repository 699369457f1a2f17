package io.actormesh.samples.feed;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.typed.javadsl.ActorSource;

/**
 * One feed of posts, fanned out to many readers. Each reader has a buffer of {@link #BUFFER} posts
 * of its own. One that is slower than the feed loses the oldest of them and is told how many, so it
 * costs bounded memory, and slows nobody down. One that comes back goes on after the post that it
 * saw last, as far back as the {@link #RING} most recent posts reach.
 *
 * <p>Posts are in memory and end with the actor. A feed that must keep them reads a log that
 * outlives it.
 */
public final class Feed {

  public static final ServiceContract<Command> CONTRACT = ServiceContract.of("feed", Command.class);

  /** How many posts a reader may be behind. */
  static final int BUFFER = 256;

  /** How many posts a reader who was away can catch up with. */
  static final int RING = 1_000;

  public sealed interface Command {}

  /** Publishes to all readers. The reply does not wait for any of them. */
  public record Publish(String text, ActorRef<Published> replyTo) implements Command {}

  /**
   * It is published.
   *
   * @param number the post's number
   * @param readers how many readers there are at the moment
   */
  public record Published(long number, int readers) {}

  /**
   * The posts from now on, without end.
   *
   * @param lastEventId go on after the post of this number instead
   */
  public record Read(Optional<Long> lastEventId, ActorRef<Source<Post, NotUsed>> replyTo)
      implements Command {}

  /**
   * A post.
   *
   * @param number rises by one with each post, and is higher in a later life of the feed
   * @param missed how many posts just before this one the reader has missed; 0 almost always
   */
  public record Post(long number, long missed, String text) {}

  /** What the actor is told of its readers: not part of the contract. */
  private sealed interface Internal extends Command {}

  private record Left(ActorRef<Post> reader) implements Internal {}

  /** Tells a reader that the feed has ended. */
  private static final Post END = new Post(-1, 0, "");

  private final ActorContext<Command> context;
  private final Ring ring = new Ring(RING);
  private final Set<ActorRef<Post>> readers = new HashSet<>();
  private final long born;
  private long last;

  private Feed(ActorContext<Command> context, long born) {
    this.context = context;
    this.born = born;
    this.last = born;
  }

  /**
   * A feed.
   *
   * @param born its posts have higher numbers than this
   */
  public static Behavior<Command> create(long born) {
    return Behaviors.setup(
        context -> {
          Feed feed = new Feed(context, born);
          return Behaviors.receive(Command.class)
              .onMessage(Publish.class, feed::onPublish)
              .onMessage(Read.class, feed::onRead)
              .onMessage(Left.class, feed::onLeft)
              .onSignal(PostStop.class, stopped -> feed.onStop())
              .build();
        });
  }

  private Behavior<Command> onPublish(Publish publish) {
    Post post = new Post(++last, 0, publish.text());
    ring.add(post);
    readers.forEach(reader -> reader.tell(post));
    publish.replyTo().tell(new Published(post.number(), readers.size()));
    return Behaviors.same();
  }

  /** In one step: no post can come between what the ring has and what the reader is told. */
  private Behavior<Command> onRead(Read read) {
    ActorSystem<Void> system = context.getSystem();
    Pair<ActorRef<Post>, Source<Post, NotUsed>> reader =
        ActorSource.<Post>actorRef(
                post -> post.equals(END),
                post -> Optional.empty(),
                BUFFER,
                OverflowStrategy.dropHead())
            .preMaterialize(system);
    readers.add(reader.first());
    context.watchWith(reader.first(), new Left(reader.first()));

    // Numbers up to the birth are of an earlier life, whose posts nobody has any more.
    long seen = Math.max(born, Math.min(last, read.lastEventId().orElse(last)));
    Gaps gaps = new Gaps(seen);
    read.replyTo().tell(Source.from(ring.after(seen)).concat(reader.second()).map(gaps::mark));
    return Behaviors.same();
  }

  private Behavior<Command> onLeft(Left left) {
    readers.remove(left.reader());
    return Behaviors.same();
  }

  /** Readers come back, and find the feed where it is started next. */
  private Behavior<Command> onStop() {
    readers.forEach(reader -> reader.tell(END));
    return Behaviors.same();
  }
}
