/**
 * A value with one writer and many readers: {@link io.actormesh.membership.publication.Published}
 * holds the latest version in a volatile field and calls listeners in order of version.
 */
@NullMarked
package io.actormesh.membership.publication;

import org.jspecify.annotations.NullMarked;
