/** A mesh in one JVM, for users' tests and for ours. */
@NullMarked
package io.actormesh.testkit;

import org.jspecify.annotations.NullMarked;
