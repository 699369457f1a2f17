/**
 * What people and their tools ask a node: the management HTTP server with probes, metrics and the
 * admin API. {@link io.actormesh.runtime.admin.MeshView} is what the node tells it about the mesh,
 * {@link io.actormesh.runtime.admin.PeerFigures} what the other nodes have counted.
 */
@NullMarked
@CheckReturnValue
package io.actormesh.runtime.admin;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
