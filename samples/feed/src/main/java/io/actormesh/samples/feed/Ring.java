package io.actormesh.samples.feed;

import io.actormesh.samples.feed.Feed.Post;
import java.util.ArrayDeque;
import java.util.List;

/** The most recent posts. Not thread-safe: it belongs to one actor. */
final class Ring {

  private final int size;
  private final ArrayDeque<Post> posts = new ArrayDeque<>();

  Ring(int size) {
    this.size = size;
  }

  void add(Post post) {
    if (posts.size() == size) {
      posts.removeFirst();
    }
    posts.addLast(post);
  }

  /** Those with a higher number than this. */
  List<Post> after(long number) {
    return posts.stream().filter(post -> post.number() > number).toList();
  }
}
