@NullMarked
package io.actormesh.samples.demo;

import org.jspecify.annotations.NullMarked;
