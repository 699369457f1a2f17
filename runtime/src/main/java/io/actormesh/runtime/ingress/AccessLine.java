package io.actormesh.runtime.ingress;

import static io.actormesh.runtime.ingress.AccessField.ATTEMPTS;
import static io.actormesh.runtime.ingress.AccessField.BODY;
import static io.actormesh.runtime.ingress.AccessField.BYTES_IN;
import static io.actormesh.runtime.ingress.AccessField.BYTES_OUT;
import static io.actormesh.runtime.ingress.AccessField.CALLER;
import static io.actormesh.runtime.ingress.AccessField.CAUSES;
import static io.actormesh.runtime.ingress.AccessField.CLIENT;
import static io.actormesh.runtime.ingress.AccessField.DETAIL;
import static io.actormesh.runtime.ingress.AccessField.ELEMENTS_IN;
import static io.actormesh.runtime.ingress.AccessField.ELEMENTS_OUT;
import static io.actormesh.runtime.ingress.AccessField.ENDPOINT;
import static io.actormesh.runtime.ingress.AccessField.METHOD;
import static io.actormesh.runtime.ingress.AccessField.OPERATION;
import static io.actormesh.runtime.ingress.AccessField.OUTCOME;
import static io.actormesh.runtime.ingress.AccessField.PATH;
import static io.actormesh.runtime.ingress.AccessField.PRIORITY;
import static io.actormesh.runtime.ingress.AccessField.PROTOCOL;
import static io.actormesh.runtime.ingress.AccessField.QUERY;
import static io.actormesh.runtime.ingress.AccessField.QUEUED;
import static io.actormesh.runtime.ingress.AccessField.REQUEST_ID;
import static io.actormesh.runtime.ingress.AccessField.ROUTE;
import static io.actormesh.runtime.ingress.AccessField.SERVED;
import static io.actormesh.runtime.ingress.AccessField.SERVICE;
import static io.actormesh.runtime.ingress.AccessField.STARTED;
import static io.actormesh.runtime.ingress.AccessField.STATUS;
import static io.actormesh.runtime.ingress.AccessField.STREAM;
import static io.actormesh.runtime.ingress.AccessField.TOTAL;
import static io.actormesh.runtime.ingress.AccessField.TRACE_ID;
import static io.actormesh.runtime.ingress.AccessField.USER_AGENT;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record as one line of JSON. All but ASCII is escaped, so that no client can break a line
 * or forge another one, whatever the reader takes for the end of a line.
 */
final class AccessLine {

  /** A client's text that is longer is cut. */
  private static final int LONGEST = 2048;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final JsonGenerator json;

  private AccessLine(JsonGenerator json) {
    this.json = json;
  }

  /** The line, without its end. */
  static String of(AccessRecord record) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      new AccessLine(json).write(record);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private void write(AccessRecord record) throws IOException {
    json.writeStartObject();
    text(AccessField.TIME, TIME.format(Instant.ofEpochMilli(record.timeMillis())));
    text(REQUEST_ID, record.requestId());
    text(TRACE_ID, record.traceId());
    head(record.head());
    number(STATUS, record.status());
    text(OUTCOME, record.outcome());
    texts(CAUSES, record.causes());
    text(DETAIL, record.detail());
    text(STARTED, record.started());
    called(record.called());
    millis(TOTAL, record.times().total());
    millis(BODY, record.times().body());
    millis(QUEUED, record.times().queued());
    millis(SERVED, record.times().served());
    number(BYTES_IN, record.bytesIn());
    number(BYTES_OUT, record.bytesOut());
    streamed(record.streamed());
    json.writeEndObject();
  }

  private void head(AccessRecord.Head head) throws IOException {
    text(CLIENT, head.client());
    text(CALLER, head.caller());
    text(USER_AGENT, head.userAgent());
    text(PROTOCOL, head.protocol());
    text(METHOD, head.method());
    text(PATH, head.path());
    text(QUERY, head.query());
    text(ROUTE, head.route());
  }

  private void called(AccessRecord.Called called) throws IOException {
    text(SERVICE, called.service());
    text(OPERATION, called.operation());
    text(PRIORITY, called.priority());
    text(ENDPOINT, called.endpoint());
    number(ATTEMPTS, called.attempts());
  }

  private void streamed(AccessRecord.@Nullable Streamed streamed) throws IOException {
    if (streamed != null) {
      text(STREAM, streamed.end());
      number(ELEMENTS_OUT, streamed.sent());
      number(ELEMENTS_IN, streamed.received());
    }
  }

  private void text(AccessField field, @Nullable String value) throws IOException {
    if (value != null) {
      String shown = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
      json.writeStringField(field.key(), shown);
    }
  }

  private void texts(AccessField field, List<String> values) throws IOException {
    if (!values.isEmpty()) {
      json.writeArrayFieldStart(field.key());
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  private void number(AccessField field, long value) throws IOException {
    if (value >= 0) {
      json.writeNumberField(field.key(), value);
    }
  }

  private void millis(AccessField field, long micros) throws IOException {
    if (micros >= 0) {
      json.writeNumberField(field.key(), BigDecimal.valueOf(micros, 3));
    }
  }
}
