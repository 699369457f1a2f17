/**
 * Spans of requests, calls, attempts and what serves them, through OpenTelemetry; absent when
 * tracing is off.
 */
@NullMarked
package io.actormesh.runtime.tracing;

import org.jspecify.annotations.NullMarked;
