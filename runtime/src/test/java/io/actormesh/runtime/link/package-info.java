/** What links promise, over TCP and in memory. */
@NullMarked
package io.actormesh.runtime.link;

import org.jspecify.annotations.NullMarked;
