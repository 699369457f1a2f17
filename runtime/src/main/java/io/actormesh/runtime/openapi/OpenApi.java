package io.actormesh.runtime.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The OpenAPI 3.1 document of a front door. 3.1, because its schemas are JSON Schema: a value that
 * may be null, a described reference, keys of maps and base64 text can be said as they are.
 */
public final class OpenApi {
  private final ApiInfo info;
  private final Javadocs docs = new Javadocs();
  private final Schemas schemas = new Schemas(docs);
  private final Problems problems;
  private final OperationWriter operations;

  private OpenApi(ApiInfo info) {
    this.info = info;
    this.problems = new Problems(!info.security().isEmpty());
    this.operations = new OperationWriter(info, schemas, problems, docs);
    schemas.define(Problems.SCHEMA, Problems.schema());
  }

  /** The document as JSON; the same for the same routes, in whatever order they come. */
  public static byte[] document(ApiInfo info, Collection<ApiRoute> routes) {
    List<ApiRoute> sorted = new ArrayList<>(routes);
    sorted.sort(
        Comparator.comparing(ApiRoute::service)
            .thenComparing(route -> route.operation().name())
            .thenComparing(ApiRoute::path)
            .thenComparing(ApiRoute::method));
    return Json.bytes(new OpenApi(info).write(sorted));
  }

  private ObjectNode write(List<ApiRoute> routes) {
    ObjectNode document = Json.object("openapi", "3.1.0");
    document.set("info", Json.object("title", info.title()).put("version", info.version()));
    document.putArray("servers").add(Json.object("url", info.server()));
    document.set("tags", tags(routes));
    document.set("paths", paths(routes));
    ObjectNode components = Json.object();
    components.set("schemas", schemas.defined());
    components.set("responses", problems.responses());
    components.set("parameters", Headers.parameters(info));
    components.set("headers", Headers.defined());
    if (!info.security().isEmpty()) {
      secure(document, components);
    }
    document.set("components", components);
    return document;
  }

  private ArrayNode tags(List<ApiRoute> routes) {
    Map<String, Class<?>> services = new TreeMap<>();
    routes.forEach(route -> services.put(route.service(), route.protocol()));
    ArrayNode tags = Json.object().arrayNode();
    services.forEach(
        (service, protocol) -> {
          // Most often the protocol is nested in the service, which says more.
          Optional<String> text = docs.of(protocol);
          tags.add(Schemas.described(Json.object("name", service), text));
        });
    return tags;
  }

  /** Routes whose paths differ in the names of parameters alone are one path in OpenAPI. */
  private ObjectNode paths(List<ApiRoute> routes) {
    Map<String, ApiRoute> firstOfShape = new LinkedHashMap<>();
    ObjectNode paths = Json.object();
    for (ApiRoute route : routes) {
      ApiRoute first = firstOfShape.computeIfAbsent(route.shape(), shape -> route);
      ObjectNode path = paths.withObjectProperty(first.path());
      path.set(
          route.method().toLowerCase(java.util.Locale.ROOT),
          operations.write(route, first.pathParameters()));
    }
    return paths;
  }

  private void secure(ObjectNode document, ObjectNode components) {
    ObjectNode schemes = Json.object();
    ArrayNode any = document.putArray("security");
    for (ApiSecurity way : info.security()) {
      ObjectNode scheme = Json.object();
      if (way.kind() == ApiSecurity.Kind.JWT) {
        scheme.put("type", "http").put("scheme", "bearer").put("bearerFormat", "JWT");
      } else {
        scheme.put("type", "apiKey").put("in", "header").put("name", way.header());
      }
      schemes.set(way.name(), scheme);
      any.add(Json.object().set(way.name(), Json.object().arrayNode()));
    }
    if (info.anonymous()) {
      any.addObject();
    }
    components.set("securitySchemes", schemes);
  }
}
