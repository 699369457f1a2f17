package io.actormesh.runtime.node;

import io.actormesh.runtime.config.ConfigurationException;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Says in one message why a node did not start. */
final class StartFailures {

  private StartFailures() {}

  static RuntimeException of(String node, Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof StartException || cause instanceof ConfigurationException) {
      return (RuntimeException) cause;
    }
    return new StartException(
        "Node " + node + " could not start.", List.of(String.valueOf(cause.getMessage())), cause);
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof CompletionException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }
}
