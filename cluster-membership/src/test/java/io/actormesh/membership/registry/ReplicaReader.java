package io.actormesh.membership.registry;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.util.ByteString;

/** What a node's replica in Distributed Data holds, asked from the replicator itself. */
public final class ReplicaReader {

  private ReplicaReader() {}

  /** The keys of all entries. */
  public static Set<String> keys(ActorSystem<?> system) {
    Set<String> keys = new TreeSet<>();
    for (int number = 0; number < SharedTable.MAPS; number++) {
      keys.addAll(keys(system, SharedTable.map(number)));
    }
    return keys;
  }

  private static Set<String> keys(ActorSystem<?> system, Key<LWWMap<String, ByteString>> map) {
    CompletionStage<Replicator.GetResponse<LWWMap<String, ByteString>>> asked =
        AskPattern.ask(
            DistributedData.get(system).replicator(),
            replyTo -> new Replicator.Get<>(map, Replicator.readLocal(), replyTo),
            Duration.ofSeconds(10),
            system.scheduler());
    try {
      var response = asked.toCompletableFuture().get(10, TimeUnit.SECONDS);
      return response instanceof Replicator.GetSuccess<LWWMap<String, ByteString>> found
          ? found.dataValue().getEntries().keySet()
          : Set.of();
    } catch (Exception e) {
      throw new AssertionError("The replica of " + map.id() + " cannot be read", e);
    }
  }
}
