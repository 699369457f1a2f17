/** Streams between JVMs: the mesh beside Pekko's StreamRefs, in one run. */
@NullMarked
package io.actormesh.benchmarks.streams;

import org.jspecify.annotations.NullMarked;
