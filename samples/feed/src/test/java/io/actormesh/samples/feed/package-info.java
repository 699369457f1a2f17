@NullMarked
package io.actormesh.samples.feed;

import org.jspecify.annotations.NullMarked;
