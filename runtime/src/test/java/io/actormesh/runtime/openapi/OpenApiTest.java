package io.actormesh.runtime.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.actormesh.runtime.codec.JsonMessages;
import io.actormesh.runtime.contract.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ApiInfo INFO = new ApiInfo("zoo", "1.2.3", "/", true, true, List.of());

  private static JsonNode document() throws IOException {
    return JSON.readTree(OpenApi.document(INFO, Zoo.routes()));
  }

  private static JsonNode operation(String path, String method) throws IOException {
    JsonNode operation = document().path("paths").path(path).path(method);
    assertThat(operation.isObject()).as(path + " " + method).isTrue();
    return operation;
  }

  private static JsonNode schema(String name) throws IOException {
    return document().at("/components/schemas").path(name);
  }

  @Test
  void aValidatorFindsNothingWrongWithADocumentOfAllShapes() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult read =
        new OpenAPIV3Parser()
            .readContents(
                new String(OpenApi.document(INFO, Zoo.routes()), UTF_8), List.of(), options);
    assertThat(read.getMessages()).isEmpty();
    assertThat(read.getOpenAPI().getPaths()).hasSizeGreaterThan(10);
  }

  @Test
  void everyReferenceHasItsTarget() throws IOException {
    JsonNode document = document();
    List<String> references = document.findValuesAsText("$ref");
    assertThat(references)
        .isNotEmpty()
        .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isObject()).as(ref).isTrue());
  }

  @Test
  void everyExampleOfAMessageIsOneThatTheFrontDoorReads() throws IOException {
    JsonMessages messages = new JsonMessages();
    int read = 0;
    for (ApiRoute route : Zoo.routes()) {
      JsonNode operation =
          operation(documentPath(route), route.method().toLowerCase(java.util.Locale.ROOT));
      Map<String, List<String>> parameters = parameters(route, operation);
      JsonNode body = operation.at("/requestBody/content/application~1json/example");
      assertThat(body.isObject())
          .isEqualTo(route.takesBody() && !route.operation().streamsArgument());
      assertReads(messages, route.operation(), body, parameters);
      read++;
    }
    assertThat(read).isEqualTo(Zoo.routes().size());
  }

  private static <C> void assertReads(
      JsonMessages messages,
      Operation<C> operation,
      JsonNode body,
      Map<String, List<String>> parameters)
      throws IOException {
    byte[] json = body.isObject() ? JSON.writeValueAsBytes(body) : new byte[0];
    assertThat(messages.readRepeated(operation, json, parameters, null)).isNotNull();
  }

  private static String documentPath(ApiRoute route) {
    return route.path().equals("/find/{from}") ? "/find/{id}" : route.path();
  }

  private static Map<String, List<String>> parameters(ApiRoute route, JsonNode operation) {
    Map<String, List<String>> values = new HashMap<>();
    int inPath = 0;
    for (JsonNode parameter : operation.path("parameters")) {
      String in = parameter.path("in").asText();
      if (in.equals("path") || in.equals("query")) {
        String name =
            in.equals("path")
                ? route.pathParameters().get(inPath++)
                : parameter.path("name").asText();
        List<String> texts = new ArrayList<>();
        JsonNode example = parameter.path("example");
        if (example.isArray()) {
          example.forEach(item -> texts.add(item.asText()));
        } else {
          texts.add(example.asText());
        }
        values.put(name, texts);
      }
    }
    return values;
  }

  @Test
  void examplesOfStreamedElementsAreReadToo() throws IOException {
    JsonNode media =
        operation("/zoo/upload", "post").at("/requestBody/content/application~1x-ndjson");
    Operation<Zoo.Command> upload = Zoo.CONTRACT.operation("upload").orElseThrow();
    Object element =
        new JsonMessages()
            .readArgumentElement(upload, JSON.writeValueAsBytes(media.path("example")));
    assertThat(element).isInstanceOf(Zoo.Line.class);
    assertThat(media.at("/schema/$ref").asText()).endsWith("Line");
  }

  @Test
  void aStreamIsDescribedByItsElementsInEveryForm() throws IOException {
    JsonNode content = operation("/zoo/watch", "post").at("/responses/200/content");
    assertThat(content.fieldNames())
        .toIterable()
        .containsExactly(
            "application/x-ndjson", "application/jsonl", "text/event-stream", "application/json");
    assertThat(content.at("/text~1event-stream/schema/$ref").asText()).endsWith("/Tree");
    assertThat(content.at("/application~1json/schema/items/$ref").asText()).endsWith("/Tree");
  }

  @Test
  void aStreamSaysThatItIsAWebSocketTooAndWhereAReaderGoesOn() throws IOException {
    Operation<?> watch = Zoo.CONTRACT.operation("watch").orElseThrow();
    ApiRoute route =
        new ApiRoute(
            "GET",
            "/trees",
            "zoo",
            Zoo.Command.class,
            watch,
            List.of(),
            List.of("id"),
            false,
            Optional.of("id"));
    byte[] bytes = OpenApi.document(INFO, List.of(route));
    JsonNode get = JSON.readTree(bytes).at("/paths/~1trees/get");
    assertThat(get.at("/x-websocket/receives/$ref").asText()).endsWith("/Tree");
    assertThat(get.path("x-websocket").has("sends")).isFalse();
    assertThat(get.at("/responses/101/description").asText()).contains("WebSocket");
    assertThat(get.path("parameters"))
        .filteredOn(parameter -> parameter.path("name").asText().equals("Last-Event-ID"))
        .singleElement()
        .satisfies(header -> assertThat(header.path("in").asText()).isEqualTo("header"))
        .satisfies(header -> assertThat(header.path("required").asBoolean(true)).isFalse());
    assertThat(
            new OpenAPIV3Parser()
                .readContents(new String(bytes, UTF_8), List.of(), new ParseOptions())
                .getMessages())
        .isEmpty();

    JsonNode upload = operation("/zoo/upload", "post");
    assertThat(upload.at("/x-websocket/sends/$ref").asText()).endsWith("/Line");
    assertThat(upload.path("responses").has("101")).isFalse();
    assertThat(operation("/zoo/find", "post").has("x-websocket")).isFalse();
  }

  @Test
  void whatMayBeLeftOutIsNotRequiredAndWhatMayBeNullSaysSo() throws IOException {
    JsonNode reply = schema("Numbers2");
    assertThat(reply.has("required")).isFalse();
    assertThat(reply.at("/properties/maybe/type").toString()).isEqualTo("[\"integer\",\"null\"]");
    assertThat(reply.at("/properties/other/anyOf/1/type").asText()).isEqualTo("null");
    JsonNode tree = schema("Tree");
    assertThat(tree.path("required").toString()).isEqualTo("[\"name\"]");
    assertThat(tree.at("/properties/children/items/$ref").asText()).endsWith("/Tree");
    assertThat(tree.at("/properties/children/type").asText()).isEqualTo("array");
  }

  @Test
  void aSealedInterfaceIsAnObjectWithOneName() throws IOException {
    JsonNode one = schema("Pay").at("/oneOf/0");
    assertThat(one.path("required").toString()).isEqualTo("[\"credit-card\"]");
    assertThat(one.at("/properties/credit-card/$ref").asText()).endsWith("/CreditCard");
    assertThat(one.path("additionalProperties").asBoolean(true)).isFalse();
  }

  @Test
  void typesOfOneNameAreToldApart() throws IOException {
    JsonNode twins =
        operation("/zoo/twins", "post").at("/requestBody/content/application~1json/schema");
    assertThat(twins.at("/properties/mine/$ref").asText())
        .isNotEqualTo(twins.at("/properties/theirs/$ref").asText());
    assertThat(schema("Page").isObject()).isTrue();
    assertThat(schema("Page-2").isObject()).isTrue();
  }

  @Test
  void everyRouteIsInTheDocumentAndNothingElse() throws IOException {
    List<String> described = new ArrayList<>();
    document()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(
                                method.toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey().replaceAll("\\{[^}]*}", "{}"))));
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            Zoo.routes().stream().map(r -> r.method() + " " + r.shape()).toList());
  }

  @Test
  void repliesAndProblemsHaveTheirStatus() throws IOException {
    assertThat(statuses("/zoo/arrays")).contains("202").doesNotContain("200", "204", "422");
    assertThat(statuses("/zoo/empty")).contains("204").doesNotContain("200", "422");
    assertThat(statuses("/zoo/times")).contains("204", "422", "503", "504", "400", "415");
    assertThat(operation("/find/{id}", "get").path("responses").has("415")).isFalse();
    assertThat(statuses("/zoo/empty")).doesNotContain("401", "403", "499");
    JsonNode overloaded = document().at("/components/responses/Problem503");
    assertThat(overloaded.at("/headers/Retry-After/$ref").isTextual()).isTrue();
    assertThat(
            overloaded
                .at("/content/application~1problem+json/schema/allOf/1/properties/code/enum")
                .toString())
        .contains("MESH-QUEUE-FULL");
  }

  private static List<String> statuses(String path) throws IOException {
    List<String> statuses = new ArrayList<>();
    operation(path, "post").path("responses").fieldNames().forEachRemaining(statuses::add);
    return statuses;
  }

  @Test
  void aDeprecatedRecordIsADeprecatedOperation() throws IOException {
    assertThat(operation("/zoo/old", "post").path("deprecated").asBoolean()).isTrue();
    assertThat(operation("/zoo/find", "post").has("deprecated")).isFalse();
  }

  @Test
  void theDocumentIsTheSameInWhateverOrderRoutesCome() {
    List<ApiRoute> shuffled = new ArrayList<>(Zoo.routes());
    Collections.shuffle(shuffled, new Random(7));
    assertThat(OpenApi.document(INFO, shuffled)).isEqualTo(OpenApi.document(INFO, Zoo.routes()));
  }

  @Test
  void waysToSayWhoOneIsAreDescribedAndBringTheirProblems() throws IOException {
    ApiInfo secured =
        new ApiInfo(
            "zoo",
            "1",
            "/",
            false,
            true,
            List.of(
                new ApiSecurity("key", ApiSecurity.Kind.API_KEY, "X-Api-Key"),
                new ApiSecurity("jwt", ApiSecurity.Kind.JWT, "")));
    byte[] bytes = OpenApi.document(secured, Zoo.routes());
    ObjectNode document = (ObjectNode) JSON.readTree(bytes);
    assertThat(document.path("security").toString()).isEqualTo("[{\"key\":[]},{\"jwt\":[]},{}]");
    assertThat(document.at("/paths/~1zoo~1empty/post/responses").has("403")).isTrue();
    assertThat(document.at("/components/securitySchemes/key/name").asText()).isEqualTo("X-Api-Key");
    assertThat(document.at("/components/parameters").has("Mesh-Priority")).isFalse();
    assertThat(
            new OpenAPIV3Parser()
                .readContents(new String(bytes, UTF_8), List.of(), new ParseOptions())
                .getMessages())
        .isEmpty();
  }
}
