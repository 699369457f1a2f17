/** What clients that misbehave do to those that do not. */
@NullMarked
package io.actormesh.benchmarks.hostile;

import org.jspecify.annotations.NullMarked;
