/** Calls between JVMs: the mesh beside raw Pekko (typed ask through a group router), in one run. */
@NullMarked
package io.actormesh.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
