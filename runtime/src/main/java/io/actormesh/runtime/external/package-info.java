/**
 * Calls over HTTP to services that are not part of the mesh: {@link
 * io.actormesh.runtime.external.ExternalClient}.
 */
@NullMarked
package io.actormesh.runtime.external;

import org.jspecify.annotations.NullMarked;
