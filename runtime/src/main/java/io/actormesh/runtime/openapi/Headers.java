package io.actormesh.runtime.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The headers that every request may have and every response has. */
final class Headers {
  private static final String TRACE = "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$";
  private static final String TRACE_EXAMPLE =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private Headers() {}

  /** The parameters that are defined once. */
  static ObjectNode parameters(ApiInfo info) {
    ObjectNode all = Json.object();
    all.set(
        "Mesh-Deadline",
        parameter(
            "Mesh-Deadline",
            "How long the client waits, counted from the arrival of the request's head.",
            text("^[0-9]{1,9}(us|ms|s|m)$"),
            "2s"));
    if (info.priorities()) {
      ObjectNode words = Json.object("type", "string");
      words.putArray("enum").add("critical").add("high").add("normal").add("sheddable");
      all.set(
          "Mesh-Priority",
          parameter("Mesh-Priority", "How much the call matters under overload.", words, "normal"));
    }
    all.set(
        "X-Request-Id",
        parameter(
            "X-Request-Id",
            "The client's name for the request; without a valid one it is given one.",
            text("^[!#-;=?-\\[\\]-~]{1,128}$"),
            "order-7"));
    all.set(
        "traceparent",
        parameter(
            "traceparent",
            "W3C Trace Context: the trace that the request is part of.",
            text(TRACE),
            TRACE_EXAMPLE));
    all.set(
        "tracestate",
        parameter(
            "tracestate",
            "W3C Trace Context: what tracing systems say to each other.",
            Json.object("type", "string").put("maxLength", 512),
            "vendor=value"));
    return all;
  }

  /** Refers to all of them. */
  static void addParameters(ArrayNode parameters, ApiInfo info) {
    parameters(info)
        .fieldNames()
        .forEachRemaining(name -> parameters.add(Json.ref("parameters", name)));
  }

  /** The headers of responses, defined once. */
  static ObjectNode defined() {
    ObjectNode all = Json.object();
    all.set("X-Request-Id", header("The request's id: the client's, or a new one.", "string"));
    all.set("traceparent", header("The trace, and the span of this request.", "string"));
    all.set("Retry-After", header("After how many seconds to try again.", "integer"));
    return all;
  }

  /** The headers of every response. */
  static ObjectNode responses() {
    ObjectNode headers = Json.object();
    headers.set("X-Request-Id", Json.ref("headers", "X-Request-Id"));
    headers.set("traceparent", Json.ref("headers", "traceparent"));
    return headers;
  }

  private static ObjectNode text(String pattern) {
    return Json.object("type", "string").put("pattern", pattern);
  }

  private static ObjectNode parameter(
      String name, String description, ObjectNode schema, String example) {
    ObjectNode parameter =
        Json.object("name", name).put("in", "header").put("description", description);
    parameter.set("schema", schema);
    return parameter.put("example", example);
  }

  private static ObjectNode header(String description, String type) {
    ObjectNode header = Json.object("description", description);
    header.set("schema", Json.object("type", type));
    return header;
  }
}
