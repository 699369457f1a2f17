package io.actormesh.runtime.node;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads what a node has written about requests. */
record AccessLines(Path file) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The one line of a request, once it is there. */
  JsonNode of(String requestId) {
    List<JsonNode> lines =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> all(requestId), found -> !found.isEmpty());
    if (lines.size() > 1) {
      throw new AssertionError("more than one line: " + lines);
    }
    return lines.get(0);
  }

  /** What there is of a request at this moment. */
  List<JsonNode> all(String requestId) {
    return all().stream()
        .filter(line -> requestId.equals(line.path("request_id").asText()))
        .toList();
  }

  /** What there is at this moment. */
  List<JsonNode> all() {
    try (var lines = Files.lines(file)) {
      return lines.map(AccessLines::read).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
