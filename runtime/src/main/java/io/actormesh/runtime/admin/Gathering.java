package io.actormesh.runtime.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One question to all nodes, and what has come back so far. Used by the collector's thread alone.
 */
final class Gathering {

  private final NodeFigures own;
  private final CompletableFuture<CollectedFigures> answer;
  private final Map<String, PeerNode> waiting = new LinkedHashMap<>();
  private final Map<String, List<NodeFigures>> parts = new HashMap<>();
  private final List<NodeFigures> complete = new ArrayList<>();
  private final List<String> unreachable = new ArrayList<>();

  Gathering(NodeFigures own, List<PeerNode> peers, CompletableFuture<CollectedFigures> answer) {
    this.own = own;
    this.answer = answer;
    for (PeerNode peer : peers) {
      if (peer.reachable()) {
        waiting.put(peer.address(), peer);
      } else {
        unreachable.add(peer.name());
      }
    }
  }

  /** The peers whose answer is awaited. */
  List<PeerNode> waiting() {
    return List.copyOf(waiting.values());
  }

  /** Takes in a part. Parts arrive in order, so a gap means that one is lost for good. */
  void add(FiguresMessage.Part part) {
    List<NodeFigures> arrived = parts.computeIfAbsent(part.address(), any -> new ArrayList<>());
    if (!waiting.containsKey(part.address()) || arrived.size() != part.index()) {
      return;
    }
    arrived.add(part.figures());
    if (part.last()) {
      waiting.remove(part.address());
      complete.add(joined(part.figures().node(), arrived));
    }
  }

  boolean isComplete() {
    return waiting.isEmpty();
  }

  /** Answers with what there is. */
  void finish() {
    List<NodeFigures> nodes = new ArrayList<>();
    nodes.add(own);
    nodes.addAll(complete);
    List<String> missing = new ArrayList<>(unreachable);
    waiting.values().forEach(peer -> missing.add(peer.name()));
    answer.complete(new CollectedFigures(nodes, missing));
  }

  private static NodeFigures joined(String node, List<NodeFigures> parts) {
    return new NodeFigures(
        node,
        parts.stream().flatMap(part -> part.edges().stream()).toList(),
        parts.stream().flatMap(part -> part.instances().stream()).toList(),
        parts.stream().flatMap(part -> part.links().stream()).toList(),
        parts.stream().flatMap(part -> part.warnings().stream()).toList());
  }
}
