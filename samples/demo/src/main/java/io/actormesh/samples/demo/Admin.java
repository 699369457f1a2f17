package io.actormesh.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks nodes how they are. */
final class Admin {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /** Whether it is a member of the mesh and serves. */
  boolean ready(Node node) {
    return get(node.admin().resolve("/health/ready")).isPresent();
  }

  /** Whether it sees so many nodes, all of them reachable, and can call every service on each. */
  boolean sees(Node node, int nodes) {
    return get(node.admin().resolve("/mesh/v1/nodes?scope=local"))
            .filter(page -> allReachable(page.path("nodes"), nodes))
            .isPresent()
        && get(node.admin().resolve("/mesh/v1/services"))
            .filter(page -> allReady(page.path("services"), nodes))
            .isPresent();
  }

  /** The codec that a service's calls are encoded with, as the node sees it, and who says so. */
  String codec(Node node, String service) {
    return get(node.admin().resolve("/mesh/v1/policies/" + service))
        .map(page -> page.path("values").path("codec"))
        .map(codec -> codec.path("value").asText() + " (" + codec.path("origin").asText() + ")")
        .orElse("unknown");
  }

  /** How many streams of a service each node serves, as this one sees it. */
  Map<String, Long> openStreams(Node node, String service) {
    Map<String, Long> open = new HashMap<>();
    get(node.admin().resolve("/mesh/v1/services/" + service))
        .ifPresent(
            page ->
                page.path("endpoints")
                    .forEach(
                        endpoint ->
                            open.merge(
                                endpoint.path("node").asText(),
                                endpoint.path("hosted").path("streamsOpen").asLong(),
                                Long::sum)));
    return open;
  }

  /** The book of an order that is over; empty if it is not had. */
  List<Status> statuses(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Accept", "application/x-ndjson")
            .build();
    try {
      return http.send(request, BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> !line.isEmpty())
          .map(Status::of)
          .toList();
    } catch (IOException notThere) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** The JSON under this address, if it answers with 200. */
  Optional<JsonNode> get(URI address) {
    try {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      return response.statusCode() == 200
          ? Optional.of(JSON.readTree(response.body()))
          : Optional.empty();
    } catch (IOException notThere) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static boolean allReachable(JsonNode listed, int nodes) {
    int reachable = 0;
    for (JsonNode node : listed) {
      reachable += node.path("reachable").asBoolean() ? 1 : 0;
    }
    return listed.size() == nodes && reachable == nodes;
  }

  private static boolean allReady(JsonNode services, int nodes) {
    int ready = 0;
    for (JsonNode service : services) {
      ready += service.path("ready").asInt() == nodes ? 1 : 0;
    }
    return services.size() == Errand.SERVICES && ready == Errand.SERVICES;
  }
}
