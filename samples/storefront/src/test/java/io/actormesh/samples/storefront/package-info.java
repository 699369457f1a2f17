@NullMarked
package io.actormesh.samples.storefront;

import org.jspecify.annotations.NullMarked;
