package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {

  @Test
  void aClientThatSaysNothingGetsLines() {
    assertThat(Negotiation.choose(List.of())).isEqualTo(StreamMedia.NDJSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | NDJSON",
        "application/* | NDJSON",
        "application/x-ndjson | NDJSON",
        "application/jsonl | JSON_LINES",
        "text/event-stream | EVENTS",
        "TEXT/Event-Stream;charset=utf-8 | EVENTS",
        "text/* | EVENTS",
        "application/json | JSON_ARRAY",
        "application/json, text/plain, */* | JSON_ARRAY",
        "text/html, application/xhtml+xml, */*;q=0.8 | NDJSON",
        "application/json;q=0.5, text/event-stream;q=0.6 | EVENTS",
        "application/x-ndjson;q=0, */* | JSON_LINES",
        "*/*;q=0.1, application/json;q=0.2 | JSON_ARRAY",
        "text/event-stream;q=0.3, application/*;q=0.301 | NDJSON",
        "nonsense, text/event-stream | EVENTS",
        "'' | NDJSON",
      })
  void theMostLikedTypeWins(String accept, StreamMedia chosen) {
    assertThat(Negotiation.choose(headers(accept))).isEqualTo(chosen);
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(Negotiation.choose(headers("image/png", "text/event-stream")))
        .isEqualTo(StreamMedia.EVENTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"image/png", "text/html, image/*", "*/*;q=0", "text/event-stream;q=0.000"})
  void whatNoStreamCanBeWrittenAsIsRefused(String accept) {
    assertThatThrownBy(() -> Negotiation.choose(headers(accept)))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(406));
  }

  private static List<HttpHeader> headers(String... values) {
    return Stream.of(values).<HttpHeader>map(value -> RawHeader.create("Accept", value)).toList();
  }
}
