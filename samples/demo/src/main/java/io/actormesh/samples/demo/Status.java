package io.actormesh.samples.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Something that happened to an order, as the shop tells it.
 *
 * @param number counts from 1 in each order
 */
record Status(int number, String step, String note) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Status of(String json) {
    JsonNode status = json(json);
    return new Status(
        status.path("number").asInt(), status.path("step").asText(), status.path("note").asText());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No JSON: " + text, e);
    }
  }
}
