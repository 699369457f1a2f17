package io.actormesh.runtime.contract;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A type read back from schema text: its kind and its named parts. Equal by identity: it may hold
 * itself.
 */
final class SchemaNode {
  private final String kind;
  private final Map<String, SchemaNode> parts = new LinkedHashMap<>();

  SchemaNode(String kind) {
    this.kind = kind;
  }

  String kind() {
    return kind;
  }

  Map<String, SchemaNode> parts() {
    return parts;
  }

  void put(String name, SchemaNode part) {
    parts.put(name, part);
  }
}
