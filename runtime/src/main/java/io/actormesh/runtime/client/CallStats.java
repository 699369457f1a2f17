package io.actormesh.runtime.client;

import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.EdgeStats;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The figures of one operation's calls, by caller and endpoint, kept at hand for the request path.
 */
final class CallStats {

  private record Edge(String caller, String endpoint) {}

  private final CallMetrics metrics;
  private final String service;
  private final String operation;
  private final ConcurrentMap<Edge, EdgeStats> edges = new ConcurrentHashMap<>();

  CallStats(CallMetrics metrics, String service, String operation) {
    this.metrics = metrics;
    this.service = service;
    this.operation = operation;
  }

  EdgeStats edge(String caller, String endpoint) {
    Edge key = new Edge(caller, endpoint);
    EdgeStats known = edges.get(key);
    return known == null ? edges.computeIfAbsent(key, this::register) : known;
  }

  /** Looks edges up anew from now on, so that those that have vanished are not kept alive. */
  void forgetEdges() {
    edges.clear();
  }

  private EdgeStats register(Edge edge) {
    return metrics.edge(edge.caller(), service, operation, edge.endpoint());
  }
}
