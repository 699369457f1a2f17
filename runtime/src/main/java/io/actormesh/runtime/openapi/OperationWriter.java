package io.actormesh.runtime.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.actormesh.runtime.codec.JsonSamples;
import io.actormesh.runtime.contract.CompositeShape.Component;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes one route as an OpenAPI operation. */
final class OperationWriter {
  private static final Pattern AFTER_DASH = Pattern.compile("-(.)");

  private static final String JSON = "application/json";

  /** The forms of streams that the front door knows, the one it prefers first. */
  private static final List<String> STREAMS =
      List.of("application/x-ndjson", "application/jsonl", "text/event-stream");

  private final ApiInfo info;
  private final Schemas schemas;
  private final Problems problems;
  private final Javadocs docs;
  private final JsonSamples samples = new JsonSamples();
  private final Set<String> ids = new HashSet<>();

  OperationWriter(ApiInfo info, Schemas schemas, Problems problems, Javadocs docs) {
    this.info = info;
    this.schemas = schemas;
    this.problems = problems;
    this.docs = docs;
  }

  /**
   * The operation.
   *
   * @param pathNames what the path's parameters are called in the document, in order
   */
  ObjectNode write(ApiRoute route, List<String> pathNames) {
    Operation<?> operation = route.operation();
    ObjectNode written = Json.object("operationId", id(route));
    written.putArray("tags").add(route.service());
    Optional<String> text = docs.of(operation.messageType());
    text.ifPresent(all -> written.put("summary", firstSentence(all)));
    Schemas.described(written, text);
    if (operation.messageType().isAnnotationPresent(Deprecated.class)) {
      written.put("deprecated", true);
    }
    Optional<JsonNode> example = samples.message(operation).map(Json::tree);
    written.set("parameters", parameters(route, pathNames, example));
    body(route, example).ifPresent(body -> written.set("requestBody", body));
    ObjectNode responses = Json.object();
    success(operation, responses);
    if (route.streams()) {
      webSocket(route, written, responses);
    }
    problems.addTo(responses, route);
    written.set("responses", responses);
    // What the route calls, for readers that know the mesh.
    written.put("x-service", route.service()).put("x-operation", operation.name());
    return written;
  }

  private String id(ApiRoute route) {
    boolean conventional = route.path().equals("/" + route.service() + "/" + route.operation());
    String id =
        camel(route.service())
            + "_"
            + camel(route.operation().name())
            + (conventional ? "" : "_" + route.method().toLowerCase(java.util.Locale.ROOT));
    String unique = id;
    for (int number = 2; !ids.add(unique); number++) {
      unique = id + number;
    }
    return unique;
  }

  private static String camel(String kebab) {
    return AFTER_DASH.matcher(kebab).replaceAll(dash -> dash.group(1).toUpperCase(Locale.ROOT));
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    int paragraph = text.indexOf("\n\n");
    int stop = end < 0 ? paragraph : paragraph < 0 ? end + 1 : Math.min(end + 1, paragraph);
    return stop < 0 ? text : text.substring(0, stop);
  }

  private ArrayNode parameters(ApiRoute route, List<String> pathNames, Optional<JsonNode> example) {
    ArrayNode parameters = Json.object().arrayNode();
    for (int i = 0; i < pathNames.size(); i++) {
      Component component = component(route, route.pathParameters().get(i));
      ObjectNode parameter =
          parameter(route, component, example).put("name", pathNames.get(i)).put("in", "path");
      parameters.add(parameter.put("required", true));
    }
    for (String name : route.queryParameters()) {
      Component component = component(route, name);
      ObjectNode parameter = parameter(route, component, example).put("in", "query");
      parameters.add(parameter.put("required", component.required()));
    }
    route.lastEventId().ifPresent(name -> parameters.add(lastEventId(component(route, name))));
    Headers.addParameters(parameters, info);
    return parameters;
  }

  private ObjectNode lastEventId(Component component) {
    ObjectNode parameter =
        Json.object("name", "Last-Event-ID")
            .put("in", "header")
            .put(
                "description",
                "The id of the last event that the client has seen: sets '"
                    + component.name()
                    + "', whatever else does.");
    parameter.set("schema", schemas.ofParameter(component.shape()));
    return parameter.put("required", false);
  }

  private ObjectNode parameter(ApiRoute route, Component component, Optional<JsonNode> example) {
    ObjectNode parameter = Json.object("name", component.name());
    Schemas.described(parameter, docs.of(route.operation().messageType(), component.name()));
    parameter.set("schema", schemas.ofParameter(component.shape()));
    example
        .map(message -> message.get(component.name()))
        .ifPresent(value -> parameter.set("example", value));
    return parameter;
  }

  private static Component component(ApiRoute route, String name) {
    return route.operation().message().components().stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Optional<ObjectNode> body(ApiRoute route, Optional<JsonNode> example) {
    Operation<?> operation = route.operation();
    if (!route.takesBody()) {
      return Optional.empty();
    }
    if (operation.argumentElement().isPresent()) {
      return Optional.of(streamBody(operation.argumentElement().get()));
    }
    List<Component> fields =
        operation.message().components().stream().filter(c -> !route.binds(c.name())).toList();
    ObjectNode schema = schemas.object(operation.message(), fields::contains);
    schema.put("additionalProperties", false);
    ObjectNode media = Json.object();
    media.set("schema", schema);
    example.ifPresent(
        message -> media.set("example", ((ObjectNode) message.deepCopy()).retain(names(fields))));
    ObjectNode body = Json.object();
    body.set("content", Json.object().set(JSON, media));
    return Optional.of(body.put("required", fields.stream().anyMatch(Component::required)));
  }

  private static List<String> names(List<Component> fields) {
    return fields.stream().map(Component::name).toList();
  }

  private ObjectNode streamBody(Shape element) {
    ObjectNode body = Json.object("description", "A stream: one element a line.");
    body.set("content", Json.object().set(STREAMS.get(0), media(element)));
    return body.put("required", true);
  }

  private void success(Operation<?> operation, ObjectNode responses) {
    if (operation.oneWay()) {
      responses.set("202", response("Accepted: a serving node runs it.", Json.object()));
    } else if (operation.replyElement().isPresent()) {
      responses.set("200", response("A stream of elements.", streams(operation)));
    } else {
      Shape reply = operation.reply().orElseThrow();
      boolean silent = reply instanceof Shape.Nothing;
      ObjectNode content = Json.object();
      if (!silent) {
        content.set(JSON, media(reply));
      }
      String text = silent ? "Done." : docs.of(reply.rawType()).orElse("The service's reply.");
      responses.set(silent ? "204" : "200", response(text, content));
    }
  }

  /** OpenAPI has no words for WebSockets; only a GET can be told to become one. */
  private void webSocket(ApiRoute route, ObjectNode written, ObjectNode responses) {
    ObjectNode socket = Json.object("method", "GET");
    Operation<?> operation = route.operation();
    operation.argumentElement().ifPresent(sent -> socket.set("sends", schemas.of(sent)));
    operation
        .replyElement()
        .or(operation::reply)
        .filter(received -> !(received instanceof Shape.Nothing))
        .ifPresent(received -> socket.set("receives", schemas.of(received)));
    written.set("x-websocket", socket);
    if (route.method().equals("GET")) {
      responses.set(
          "101",
          response("Asked to upgrade: a WebSocket, each text message an element.", Json.object()));
    }
  }

  /** Every form is described by its elements; an array holds them all. */
  private ObjectNode streams(Operation<?> operation) {
    Shape element = operation.replyElement().orElseThrow();
    ObjectNode content = Json.object();
    STREAMS.forEach(type -> content.set(type, media(element)));
    ObjectNode array = Json.object("type", "array");
    array.set("items", schemas.of(element));
    content.set(JSON, Json.object().set("schema", array));
    return content;
  }

  private ObjectNode media(Shape shape) {
    ObjectNode media = Json.object();
    media.set("schema", schemas.of(shape));
    samples.value(shape).map(Json::tree).ifPresent(example -> media.set("example", example));
    return media;
  }

  private static ObjectNode response(String description, ObjectNode content) {
    ObjectNode response = Json.object("description", description);
    response.set("headers", Headers.responses());
    if (!content.isEmpty()) {
      response.set("content", content);
    }
    return response;
  }
}
