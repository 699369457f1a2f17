package io.actormesh.samples.feed;

import io.actormesh.samples.feed.Feed.Post;

/** Tells one reader, with the first post after a gap, how large the gap is. Not thread-safe. */
final class Gaps {

  private long last;

  /**
   * A reader.
   *
   * @param last the number of the post that the next one should follow
   */
  Gaps(long last) {
    this.last = last;
  }

  Post mark(Post post) {
    long missed = post.number() - last - 1;
    last = post.number();
    return missed == 0 ? post : new Post(post.number(), missed, post.text());
  }
}
