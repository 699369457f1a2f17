/**
 * A node of the mesh, put together. {@link io.actormesh.runtime.node.MeshNode} is what users start;
 * {@code NodeAssembly} is where all parts meet, in the order in which they start.
 */
@NullMarked
package io.actormesh.runtime.node;

import org.jspecify.annotations.NullMarked;
