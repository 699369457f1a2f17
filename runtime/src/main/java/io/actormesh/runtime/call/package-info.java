/**
 * What travels with every call: deadline, priority, caller, trace; and the clock that counts it.
 */
@NullMarked
package io.actormesh.runtime.call;

import org.jspecify.annotations.NullMarked;
