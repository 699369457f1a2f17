/**
 * Streams of elements between Pekko's streams, where users have them, and links, which carry them
 * as buffers: both ends of a reply or argument that is a {@code Source}.
 */
@CheckReturnValue
@NullMarked
package io.actormesh.runtime.stream;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
