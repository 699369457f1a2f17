/** The choice of an endpoint, and what to do when it fails. */
@CheckReturnValue
@NullMarked
package io.actormesh.router;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
