/**
 * Strict configuration: what is not known, not readable or contradictory stops the start, all at
 * once, each with its place and its fix; what is right becomes {@link
 * io.actormesh.runtime.config.NodeSettings}.
 */
@NullMarked
package io.actormesh.runtime.config;

import org.jspecify.annotations.NullMarked;
