package io.actormesh.runtime.ingress;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.actormesh.runtime.failure.Attempt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Writes problem documents as RFC 9457, "Problem Details for HTTP APIs", has them. */
final class ProblemJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String TYPE_PREFIX = "urn:actormesh:error:";

  private ProblemJson() {}

  static byte[] write(Problem problem, String requestId) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      writeStandard(problem, json);
      writeOwn(problem, requestId, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: written into memory", e);
    }
    return bytes.toByteArray();
  }

  private static void writeStandard(Problem problem, JsonGenerator json) throws IOException {
    json.writeStringField("type", TYPE_PREFIX + problem.code().code());
    json.writeStringField("title", problem.code().meaning());
    json.writeNumberField("status", problem.status());
    json.writeStringField("detail", problem.detail());
  }

  private static void writeOwn(Problem problem, String requestId, JsonGenerator json)
      throws IOException {
    json.writeStringField("code", problem.code().code());
    if (!problem.service().isEmpty()) {
      json.writeStringField("service", problem.service());
    }
    if (!problem.operation().isEmpty()) {
      json.writeStringField("operation", problem.operation());
    }
    if (problem.path() != null) {
      json.writeStringField("path", problem.path());
    }
    json.writeStringField("started", lower(problem.started()));
    if (problem.phase() != null) {
      json.writeStringField("phase", lower(problem.phase()));
    }
    if (!problem.attempts().isEmpty()) {
      writeAttempts(problem, json);
    }
    json.writeStringField("fix", problem.code().fix());
    json.writeStringField("requestId", requestId);
  }

  private static void writeAttempts(Problem problem, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("attempts");
    for (Attempt attempt : problem.attempts()) {
      json.writeStartObject();
      json.writeStringField("endpoint", attempt.endpoint());
      json.writeNumberField("elapsedMs", attempt.elapsed().toMillis());
      json.writeStringField("code", attempt.code().code());
      json.writeStringField("started", lower(attempt.started()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
