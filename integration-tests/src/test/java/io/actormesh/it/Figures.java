package io.actormesh.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of ended calls by {@code caller operation outcome}, from three places that tell them. */
final class Figures {

  private static final Pattern CALLS = Pattern.compile("mesh_calls_total\\{(.*)} ([0-9.E]+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private Figures() {}

  static String key(String caller, String operation, String outcome) {
    return caller + " " + operation + " " + outcome;
  }

  /** What all nodes export for a service, added up. */
  static Map<String, Long> exported(Collection<URI> metrics, String service) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (URI page : metrics) {
      for (String line : Http.get(page).lines().toList()) {
        Matcher calls = CALLS.matcher(line.strip());
        if (calls.matches()) {
          Map<String, String> labels = labels(calls.group(1));
          if (service.equals(labels.get("service"))) {
            String key = key(labels.get("caller"), labels.get("operation"), labels.get("outcome"));
            counts.merge(key, (long) Double.parseDouble(calls.group(2)), Long::sum);
          }
        }
      }
    }
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /** What the admin API's graph says of calls to a service. */
  static Map<String, Long> graph(URI graph, String service) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode edge : Http.json(graph).get("edges")) {
      String to = edge.get("to").asText();
      if (to.startsWith("instance:" + service + "@") || to.equals("service:" + service)) {
        String caller = edge.get("from").asText().replaceFirst("^\\w+:", "");
        edge.get("operations")
            .properties()
            .forEach(operation -> add(counts, caller, operation.getKey(), operation.getValue()));
      }
    }
    return counts;
  }

  /** What the admin API's page of a service says of its operations, whoever calls. */
  static Map<String, Long> page(URI page) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    Http.json(page)
        .get("operations")
        .properties()
        .forEach(operation -> add(counts, "any", operation.getKey(), operation.getValue()));
    return counts;
  }

  /** The same counts, whoever calls. */
  static Map<String, Long> anyCaller(Map<String, Long> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((key, count) -> sums.merge(key.replaceFirst("^\\S+", "any"), count, Long::sum));
    return sums;
  }

  private static void add(
      Map<String, Long> counts, String caller, String operation, JsonNode figures) {
    long ok = figures.get("calls").asLong() - figures.get("failed").asLong();
    if (ok > 0) {
      counts.merge(key(caller, operation, Load.OK), ok, Long::sum);
    }
    figures
        .get("failures")
        .properties()
        .forEach(
            failure ->
                counts.merge(
                    key(caller, operation, failure.getKey()),
                    failure.getValue().asLong(),
                    Long::sum));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }
}
