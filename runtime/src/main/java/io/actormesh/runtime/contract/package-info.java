/**
 * What a service understands: the operations of a plain typed Pekko protocol, found by reading its
 * records once, and checked as a whole before anything is served.
 */
@CheckReturnValue
@NullMarked
package io.actormesh.runtime.contract;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
