package io.actormesh.runtime.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.actormesh.runtime.contract.ReplyKind;
import io.actormesh.runtime.failure.FailureCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The problem documents that routes may answer with, by their status. */
final class Problems {
  static final String SCHEMA = "Problem";

  private static final String MEDIA = "application/problem+json";

  /** Answers to requests that have found no route, to the admin API, or to nobody. */
  private static final Set<FailureCode> ELSEWHERE =
      EnumSet.of(
          FailureCode.UNKNOWN_SERVICE,
          FailureCode.NOT_FOUND,
          FailureCode.METHOD_NOT_ALLOWED,
          FailureCode.CANCELLED);

  private static final Set<FailureCode> OF_BODIES =
      EnumSet.of(FailureCode.BODY_TOO_LARGE, FailureCode.BODY_TIMEOUT, FailureCode.MEDIA_TYPE);

  private final boolean secured;
  private final TreeMap<String, ObjectNode> used = new TreeMap<>();

  Problems(boolean secured) {
    this.secured = secured;
  }

  /** Adds the problems of a route to its responses. */
  void addTo(ObjectNode responses, ApiRoute route) {
    TreeMap<Integer, List<FailureCode>> byStatus = new TreeMap<>();
    for (FailureCode code : FailureCode.values()) {
      if (happens(code, route)) {
        byStatus.computeIfAbsent(code.httpStatus(), s -> new ArrayList<>()).add(code);
      }
    }
    byStatus.forEach((status, codes) -> responses.set(status.toString(), response(status, codes)));
  }

  /** The responses that routes refer to. */
  ObjectNode responses() {
    ObjectNode all = Json.object();
    used.forEach(all::set);
    return all;
  }

  private boolean happens(FailureCode code, ApiRoute route) {
    boolean streams = route.operation().streamsReply() || route.operation().streamsArgument();
    return switch (code.httpStatus()) {
      case 401, 403 -> secured;
      case 499 -> false;
      case 406 -> route.operation().streamsReply();
      case 422 -> route.operation().replyKind() == ReplyKind.STATUS;
      default ->
          !ELSEWHERE.contains(code)
              && (route.takesBody() || !OF_BODIES.contains(code))
              && (streams || !code.name().startsWith("STREAM"));
    };
  }

  /** Routes with the same problems share one response. */
  private ObjectNode response(int status, List<FailureCode> codes) {
    Set<String> names = new TreeSet<>();
    codes.forEach(code -> names.add(code.code()));
    ObjectNode made = response(codes, names);
    for (int number = 1; ; number++) {
      String name = "Problem" + status + (number == 1 ? "" : "-" + number);
      if (used.computeIfAbsent(name, n -> made).equals(made)) {
        return Json.ref("responses", name);
      }
    }
  }

  private static ObjectNode response(List<FailureCode> codes, Set<String> names) {
    StringBuilder text = new StringBuilder();
    codes.forEach(
        code ->
            text.append("- ").append(code.code()).append(": ").append(code.meaning()).append('\n'));
    ObjectNode response = Json.object("description", text.toString().strip());
    ObjectNode headers = Headers.responses();
    if (codes.get(0).httpStatus() == 503) {
      headers.set("Retry-After", Json.ref("headers", "Retry-After"));
    }
    response.set("headers", headers);
    ObjectNode schema = Json.object();
    ObjectNode code = Json.object();
    code.set("enum", Json.array(names));
    schema
        .putArray("allOf")
        .add(Json.ref("schemas", SCHEMA))
        .add(Json.object().set("properties", Json.object().set("code", code)));
    ObjectNode media = Json.object();
    media.set("schema", schema);
    media.set("example", example(codes.get(0)));
    response.set("content", Json.object().set(MEDIA, media));
    return response;
  }

  private static ObjectNode example(FailureCode code) {
    return Json.object("type", "urn:actormesh:error:" + code.code())
        .put("title", code.meaning())
        .put("status", code.httpStatus())
        .put("detail", code.meaning())
        .put("code", code.code())
        .put("started", code.started().name().toLowerCase(java.util.Locale.ROOT))
        .put("fix", code.fix())
        .put("requestId", "8c0d5f1c7a3e42b9");
  }

  /** The problem document, as RFC 9457 and the front door have it. */
  static ObjectNode schema() {
    ObjectNode schema =
        Json.object("type", "object")
            .put("description", "Why a request failed (RFC 9457), and whether it may be repeated.");
    ObjectNode properties = Json.object();
    properties.set("type", Json.object("type", "string").put("format", "uri"));
    properties.set("title", text("What the code means."));
    properties.set("status", Json.object("type", "integer").put("description", "The HTTP status."));
    properties.set("detail", text("What exactly happened."));
    properties.set("code", text("The failure's stable code."));
    properties.set("service", text("The service called; absent if no route was found."));
    properties.set("operation", text("The operation called; absent if no route was found."));
    properties.set("path", text("Which part of the request is wrong, as a JSON path."));
    properties.set(
        "started",
        words("Whether the work was begun; no = repeating is safe.", "no", "maybe", "yes"));
    properties.set(
        "phase", words("How far the call had come.", "unsent", "sent", "queued", "running"));
    ObjectNode attempts =
        Json.object("type", "array").put("description", "The endpoints tried, in order.");
    attempts.set("items", attempt());
    properties.set("attempts", attempts);
    properties.set("fix", text("What to do about it."));
    properties.set("requestId", text("As in X-Request-Id."));
    schema.set("properties", properties);
    // What the HTTP parser refuses has no request id.
    schema.set("required", Json.array(List.of("type", "title", "status", "detail", "code")));
    return schema;
  }

  private static ObjectNode attempt() {
    ObjectNode attempt = Json.object("type", "object");
    ObjectNode properties = Json.object();
    properties.set("endpoint", Json.object("type", "string"));
    properties.set("elapsedMs", Json.object("type", "integer").put("format", "int64"));
    properties.set("code", Json.object("type", "string"));
    properties.set("started", words("Whether it was begun there.", "no", "maybe", "yes"));
    attempt.set("properties", properties);
    return attempt;
  }

  private static ObjectNode text(String description) {
    return Json.object("type", "string").put("description", description);
  }

  private static ObjectNode words(String description, String... words) {
    ObjectNode schema = text(description);
    ArrayNode all = schema.putArray("enum");
    Arrays.stream(words).forEach(all::add);
    return schema;
  }
}
