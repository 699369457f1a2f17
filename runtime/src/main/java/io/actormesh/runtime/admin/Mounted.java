package io.actormesh.runtime.admin;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** What answers in place of the admin routes, by the first segment of the path. */
final class Mounted {

  private final Map<String, AdminServer.Part> parts = new ConcurrentHashMap<>();

  void add(String segment, AdminServer.Part part) {
    parts.put(segment, part);
  }

  Optional<AdminServer.Part> part(HttpRequest request) {
    String path = request.getUri().path();
    int end = path.indexOf('/', 1);
    String first = path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
    return Optional.ofNullable(parts.get(first));
  }
}
