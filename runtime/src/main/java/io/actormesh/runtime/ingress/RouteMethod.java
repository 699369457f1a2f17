package io.actormesh.runtime.ingress;

import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;

/** The HTTP methods that routes can have. */
enum RouteMethod {
  GET(false),
  POST(true),
  PUT(true),
  PATCH(true),
  DELETE(false);

  private final boolean takesBody;

  RouteMethod(boolean takesBody) {
    this.takesBody = takesBody;
  }

  /** Whether what path and query do not bind comes from a JSON body. */
  boolean takesBody() {
    return takesBody;
  }

  /** The route method that serves a request's method: HEAD is served as GET. */
  static Optional<RouteMethod> serving(HttpMethod method) {
    // Pekko parses the standard methods to these very objects.
    if (method == HttpMethods.POST) {
      return Optional.of(POST);
    }
    if (method == HttpMethods.GET || method == HttpMethods.HEAD) {
      return Optional.of(GET);
    }
    if (method == HttpMethods.PUT) {
      return Optional.of(PUT);
    }
    if (method == HttpMethods.PATCH) {
      return Optional.of(PATCH);
    }
    return method == HttpMethods.DELETE ? Optional.of(DELETE) : Optional.empty();
  }
}
