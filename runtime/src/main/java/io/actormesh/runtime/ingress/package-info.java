/**
 * The HTTP front door: operations of exposed contracts as HTTP requests with JSON bodies. {@link
 * io.actormesh.runtime.ingress.ExposedService} says which requests become which messages, {@link
 * io.actormesh.runtime.ingress.Ingress} serves them, {@code FrontDoor} is the way of every request.
 */
@CheckReturnValue
@NullMarked
package io.actormesh.runtime.ingress;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
