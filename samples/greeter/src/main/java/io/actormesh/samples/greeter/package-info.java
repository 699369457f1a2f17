/** The smallest application: one service that greets. */
@NullMarked
package io.actormesh.samples.greeter;

import org.jspecify.annotations.NullMarked;
