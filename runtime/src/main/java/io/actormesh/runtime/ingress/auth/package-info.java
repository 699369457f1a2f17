/**
 * Who stands behind a request, and what they may call. Knows API keys, signed tokens and access
 * rules, and nothing of HTTP servers: {@link io.actormesh.runtime.ingress.auth.Authenticator}
 * judges what the front door has found in a request's headers.
 */
@CheckReturnValue
@NullMarked
package io.actormesh.runtime.ingress.auth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
