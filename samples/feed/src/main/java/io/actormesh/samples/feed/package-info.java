/**
 * A feed of posts with many readers: {@link io.actormesh.samples.feed.Feed}, an ordinary actor, and
 * {@link io.actormesh.samples.feed.FeedApp}, which puts it on a node.
 */
@NullMarked
package io.actormesh.samples.feed;

import org.jspecify.annotations.NullMarked;
