/**
 * A node's membership put together: {@link io.actormesh.membership.cluster.Membership} is what the
 * runtime starts, joins with, drains and leaves through; {@link
 * io.actormesh.membership.cluster.ClusterConfig} is what its actor system is configured with.
 */
@NullMarked
package io.actormesh.membership.cluster;

import org.jspecify.annotations.NullMarked;
