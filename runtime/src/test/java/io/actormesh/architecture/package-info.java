/** The arrows between the modules and their packages, held by tests. */
@NullMarked
package io.actormesh.architecture;

import org.jspecify.annotations.NullMarked;
