package io.actormesh.runtime.node;

import io.actormesh.runtime.config.ConfigurationException;
import io.actormesh.runtime.config.NodeSettings;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Says in one message why a node did not start. */
final class StartFailures {

  private StartFailures() {}

  static RuntimeException of(String node, NodeSettings settings, Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof StartException || cause instanceof ConfigurationException) {
      return (RuntimeException) cause;
    }
    if (isBind(cause)) {
      return new StartException(
          "Node " + node + " could not start.",
          List.of(String.valueOf(cause.getMessage()), portAdvice(settings)),
          cause);
    }
    return new StartException(
        "Node " + node + " could not start.", List.of(String.valueOf(cause.getMessage())), cause);
  }

  private static boolean isBind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException
          || String.valueOf(cause.getMessage()).contains("ind fail")) {
        return true;
      }
    }
    return false;
  }

  private static String portAdvice(NodeSettings settings) {
    return "A port is taken, or the address is not this machine's. The ports are cluster "
        + settings.cluster().bindPort()
        + " (MESH_PORT), link "
        + settings.link().bindPort()
        + " (MESH_LINK_PORT) and admin "
        + settings.admin().port()
        + " (MESH_ADMIN_PORT); 0 picks a free one.";
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof CompletionException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }
}
