/**
 * The ways a call can fail: a sealed family of exceptions with stable codes, and what to do next.
 */
@NullMarked
package io.actormesh.runtime.failure;

import org.jspecify.annotations.NullMarked;
