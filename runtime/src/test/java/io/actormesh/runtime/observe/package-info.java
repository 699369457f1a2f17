@NullMarked
package io.actormesh.runtime.observe;

import org.jspecify.annotations.NullMarked;
