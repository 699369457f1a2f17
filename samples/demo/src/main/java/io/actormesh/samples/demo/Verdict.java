package io.actormesh.samples.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.actormesh.samples.demo.Errand.Order;
import io.actormesh.samples.demo.Outcome.Ending;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an answer, or the lack of one, means. See {@link Outcome} for the components. */
record Verdict(Ending ending, String code, String started, String detail) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern CODE = Pattern.compile("MESH-[A-Z]+(?:-[A-Z]+)*");

  static Verdict of(HttpResponse<String> response, @Nullable Order order) {
    JsonNode body = json(response.body());
    if (response.statusCode() < 300) {
      String warehouse = order == null ? "" : body.path("warehouse").asText();
      return new Verdict(Ending.ANSWERED, warehouse, "", "");
    }
    String code = body.path("code").asText();
    String detail = body.path("detail").asText();
    if (code.isEmpty()) {
      return new Verdict(Ending.UNTYPED, "HTTP " + response.statusCode(), "", response.body());
    }
    return code.equals("MESH-REJECTED")
        ? rejected(detail, order)
        : new Verdict(Ending.FAILED, code, body.path("started").asText(), detail);
  }

  static Verdict of(IOException failure) {
    return failure instanceof HttpTimeoutException
        ? new Verdict(Ending.LATE, "no answer in time", "", failure.toString())
        : new Verdict(Ending.LOST, "connection lost", "", failure.toString());
  }

  /** Checkout and pricing pass on, in their own refusal, why they could not do what was asked. */
  private static Verdict rejected(String detail, @Nullable Order order) {
    Matcher inner = CODE.matcher(detail);
    if (inner.find()) {
      return new Verdict(Ending.FAILED, inner.group(), "maybe", detail);
    }
    return order != null && order.tooLarge()
        ? new Verdict(Ending.REFUSED, "", "", detail)
        : new Verdict(Ending.FAILED, "MESH-REJECTED", "yes", detail);
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
