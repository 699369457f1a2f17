/** The limits as stages of Pekko Streams, usable in any stream. */
@NullMarked
package io.actormesh.throttle.stream;

import org.jspecify.annotations.NullMarked;
