package io.actormesh.runtime.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.actormesh.runtime.failure.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.CacheControl;
import org.apache.pekko.http.javadsl.model.headers.CacheDirectives;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Makes HTTP answers. */
final class Replies {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final ContentType PROBLEM = ContentTypes.parse("application/problem+json");
  private static final CacheControl NOT_CACHED = CacheControl.create(CacheDirectives.NO_STORE);

  private Replies() {}

  static HttpResponse json(int status, Object body) {
    return reply(status, ContentTypes.APPLICATION_JSON, body);
  }

  static HttpResponse text(String contentType, String text) {
    return HttpResponse.create()
        .withEntity(ContentTypes.parse(contentType), text.getBytes(StandardCharsets.UTF_8));
  }

  /** A failure as RFC 9457 wants it told. */
  static HttpResponse problem(FailureCode code, int status, String detail, String path) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", StatusCodes.get(status).reason());
    body.put("status", status);
    body.put("detail", detail);
    body.put("instance", path);
    body.put("code", code.code());
    return reply(status, PROBLEM, body);
  }

  static HttpResponse onlyGet(String path) {
    HttpResponse refusal =
        problem(
            FailureCode.METHOD_NOT_ALLOWED,
            405,
            "This server only answers questions: use GET.",
            path);
    return refusal.addHeader(RawHeader.create("Allow", "GET"));
  }

  static HttpResponse index(List<String> paths) {
    return json(200, Map.of("paths", paths));
  }

  private static HttpResponse reply(int status, ContentType type, Object body) {
    try {
      return HttpResponse.create()
          .withStatus(status)
          .addHeader(NOT_CACHED)
          .withEntity(type, JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot render " + body.getClass().getSimpleName(), e);
    }
  }
}
