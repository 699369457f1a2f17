/** How messages and replies become bytes: Jackson CBOR by default, Kryo by configuration. */
@NullMarked
package io.actormesh.runtime.codec;

import org.jspecify.annotations.NullMarked;
