/** Measurements, by the operation and of the whole system. */
@NullMarked
package io.actormesh.benchmarks;

import org.jspecify.annotations.NullMarked;
