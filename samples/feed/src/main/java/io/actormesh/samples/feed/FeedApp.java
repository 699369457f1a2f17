package io.actormesh.samples.feed;

import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;

/**
 * A node with the feed and a door to it. There is one feed in a mesh: start further nodes with
 * {@code MESH_SERVICES=none}, as doors for more readers.
 */
public final class FeedApp {

  private FeedApp() {}

  public static void main(String[] args) {
    MeshNode node = feed().start();
    System.out.println(node.name() + " is open");
  }

  static MeshNodeBuilder feed() {
    return MeshNode.builder()
        .host(Feed.CONTRACT, () -> Feed.create(1_000 * System.currentTimeMillis()))
        .expose(
            Feed.CONTRACT,
            http ->
                http.get("/feed", Feed.Read.class)
                    .sse(Feed.Read.class, event -> event.id("number"))
                    .post("/feed", Feed.Publish.class));
  }
}
