/**
 * Forming the cluster: discovery, the node descriptor, the membership view, the service registry,
 * failure detection, and leaving.
 */
@NullMarked
package io.actormesh.membership;

import org.jspecify.annotations.NullMarked;
