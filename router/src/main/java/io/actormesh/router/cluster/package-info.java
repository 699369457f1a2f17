/**
 * Where the registry's knowledge becomes candidates: the one part of the router that knows nodes.
 */
@NullMarked
package io.actormesh.router.cluster;

import org.jspecify.annotations.NullMarked;
