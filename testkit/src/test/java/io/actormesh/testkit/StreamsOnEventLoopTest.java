package io.actormesh.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.testkit.Feed.Item;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of a service on the links' own threads, under the other codec. */
@MeshTest(nodes = 2, config = "actormesh.services.default { codec = kryo, execution = event-loop }")
class StreamsOnEventLoopTest {

  @EachNode
  static void node(MeshNodeBuilder node, int place) {
    if (place == 0) {
      node.host(Feed.CONTRACT, Feed::create);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whatGoesInComesBackAsItGoes(int from, MeshCluster mesh) throws Exception {
    ActorTestKit kit = ActorTestKit.create();
    try {
      Source<Item, NotUsed> items = Source.range(1, 3_000).map(Item::new);
      List<Item> echoed =
          mesh.node(from)
              .client(Feed.CONTRACT)
              .<Source<Item, NotUsed>>ask(r -> new Feed.Echo(items, r))
              .thenCompose(source -> source.runWith(Sink.seq(), kit.system()))
              .get(20, SECONDS);

      assertThat(echoed).hasSize(3_000).last().isEqualTo(new Item(3_000));
    } finally {
      kit.shutdownTestKit();
    }
  }
}
