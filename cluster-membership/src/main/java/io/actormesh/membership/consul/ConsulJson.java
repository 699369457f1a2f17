package io.actormesh.membership.consul;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.actormesh.membership.consul.ConsulException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is said to Consul and what it says, as JSON. */
final class ConsulJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ConsulJson() {}

  /** An entry with its check, which begins in the given state. */
  static String registration(ConsulEntry entry, CheckState state, ConsulSettings settings) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("ID", entry.id()).put("Name", entry.service());
    body.put("Address", entry.address()).put("Port", entry.port());
    entry.tags().forEach(body.putArray("Tags")::add);
    entry.meta().forEach(body.putObject("Meta")::put);
    body.putObject("Check")
        .put("CheckID", entry.checkId())
        .put("Name", "what its node says")
        .put("TTL", settings.checkTtl().toMillis() + "ms")
        .put("Status", state.word())
        .put("Notes", state.note())
        .put("DeregisterCriticalServiceAfter", settings.deregisterAfter().toSeconds() + "s");
    return body.toString();
  }

  static String update(CheckState state) {
    return MAPPER
        .createObjectNode()
        .put("Status", state.word())
        .put("Output", state.note())
        .toString();
  }

  /** Asks whether a service of a name may be read, and nodes. */
  static String questions(String service) {
    ArrayNode body = MAPPER.createArrayNode();
    body.addObject().put("Resource", "service").put("Access", "read").put("Segment", service);
    body.addObject().put("Resource", "node").put("Access", "read").put("Segment", "");
    return body.toString();
  }

  /** The questions answered with no, as Consul's rules are written. */
  static List<String> denied(String body) {
    List<String> denied = new ArrayList<>();
    for (JsonNode answer : read(body)) {
      if (!answer.path("Allow").asBoolean(true)) {
        denied.add(
            answer.path("Resource").asText()
                + ":"
                + answer.path("Access").asText()
                + " of \""
                + answer.path("Segment").asText()
                + '"');
      }
    }
    return denied;
  }

  /** The places of a service; their own address goes before that of the agent's machine. */
  static List<ConsulEntry> entries(String body) {
    List<ConsulEntry> entries = new ArrayList<>();
    for (JsonNode each : read(body)) {
      JsonNode service = each.path("Service");
      String own = service.path("Address").asText();
      List<String> tags = new ArrayList<>();
      service.path("Tags").forEach(tag -> tags.add(tag.asText()));
      Map<String, String> meta = new HashMap<>();
      service
          .path("Meta")
          .properties()
          .forEach(one -> meta.put(one.getKey(), one.getValue().asText()));
      entries.add(
          new ConsulEntry(
              service.path("ID").asText(),
              service.path("Service").asText(),
              own.isEmpty() ? each.path("Node").path("Address").asText() : own,
              service.path("Port").asInt(),
              tags,
              meta));
    }
    return entries;
  }

  private static JsonNode read(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new ConsulException(
          Kind.REFUSED,
          "Consul's answer is no JSON: " + e.getOriginalMessage(),
          "Check that actormesh.consul.address is that of a Consul agent.");
    }
  }
}
