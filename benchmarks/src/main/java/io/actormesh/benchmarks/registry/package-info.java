/** What the registry costs: bytes for a change, memory for a node, at several sizes of a mesh. */
@NullMarked
package io.actormesh.benchmarks.registry;

import org.jspecify.annotations.NullMarked;
