/**
 * What is counted, and how it is told: {@link io.actormesh.runtime.telemetry.CallMetrics} hands out
 * one object of counters per caller and endpoint, per hosted instance, per link and per route,
 * which the request path adds to without a lock, and renders them all for Prometheus.
 */
@NullMarked
@CheckReturnValue
package io.actormesh.runtime.telemetry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
