/** The data plane: one connection per ordered pair of nodes, carrying calls and their replies. */
@NullMarked
package io.actormesh.runtime.link;

import org.jspecify.annotations.NullMarked;
