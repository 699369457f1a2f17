/**
 * Lets the host and the links count into {@link io.actormesh.runtime.telemetry.CallMetrics}, which
 * knows neither of them.
 */
@NullMarked
@CheckReturnValue
package io.actormesh.runtime.observe;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
