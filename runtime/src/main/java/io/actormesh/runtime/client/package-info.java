/**
 * Calling services. {@link io.actormesh.runtime.client.ServiceClient} is what users see; {@link
 * io.actormesh.runtime.client.CallPath} is the way of every call, readable top to bottom.
 */
@NullMarked
package io.actormesh.runtime.client;

import org.jspecify.annotations.NullMarked;
