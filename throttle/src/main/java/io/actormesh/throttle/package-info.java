/** Limits: how much may pass, and what happens to the rest. */
@CheckReturnValue
@NullMarked
package io.actormesh.throttle;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
