@NullMarked
package io.actormesh.samples.greeter;

import org.jspecify.annotations.NullMarked;
