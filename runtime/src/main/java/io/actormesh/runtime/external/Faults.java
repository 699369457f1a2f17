package io.actormesh.runtime.external;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What the ways in which a request can fail mean for another attempt. */
final class Faults {

  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  private Faults() {}

  /** Whether the service may have seen the request. */
  static boolean mayHaveBeenSent(@Nullable Throwable failure) {
    return !(failure instanceof ConnectException
        || failure instanceof HttpConnectTimeoutException
        || failure instanceof SSLHandshakeException);
  }

  /** Whether doing it twice is the same as doing it once (RFC 9110, 9.2.2). */
  static boolean repeatable(String method) {
    return REPEATABLE.contains(method);
  }
}
