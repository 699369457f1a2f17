/** What to do when an attempt fails: plain Java decisions over what is known of it. */
@NullMarked
package io.actormesh.router.resilience;

import org.jspecify.annotations.NullMarked;
