package io.actormesh.samples.storefront;

import io.actormesh.runtime.failure.MeshFailure;
import io.actormesh.runtime.failure.Rejected;
import java.util.concurrent.CompletionException;

/** Says why a call to another service failed, in words that fit into one's own refusal. */
final class Reasons {

  private Reasons() {}

  /** What the other service said, or the code of what befell the call. */
  static String of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    if (cause instanceof Rejected rejected) {
      return rejected.detail().message();
    }
    return cause instanceof MeshFailure failed
        ? failed.code().code() + ": " + failed.detail().message()
        : String.valueOf(cause.getMessage());
  }
}
