package io.actormesh.runtime.ingress;

/** The fields of a line of the access log, in their order; {@code docs/reference} lists them. */
enum AccessField {
  TIME("time", "when the request's head had arrived, ISO 8601 in UTC"),
  REQUEST_ID("request_id", "the id in `X-Request-Id` of request and response"),
  TRACE_ID("trace_id", "the trace that the request belongs to, 32 hex digits"),
  CLIENT("client", "the address that the request came from"),
  CALLER("caller", "the identity that the client has proved, if it has"),
  USER_AGENT("user_agent", "the header `User-Agent`"),
  PROTOCOL("protocol", "`HTTP/1.1` or `HTTP/2.0`"),
  METHOD("method", "the request's method"),
  PATH("path", "its path, decoded, without the query"),
  QUERY("query", "the names of its query's parameters, with `&` between; values are left out"),
  ROUTE("route", "the route that took it, as declared: `GET /orders/{id}`"),
  STATUS("status", "the response's status"),
  OUTCOME("outcome", "`OK`, or the failure's code"),
  CAUSES("causes", "the codes of attempts that failed, in order"),
  DETAIL("detail", "the failure in words, as the client was told"),
  STARTED("started", "for a failure: whether the call had been started, `no`, `maybe` or `yes`"),
  SERVICE("service", "the service called"),
  OPERATION("operation", "its operation"),
  PRIORITY("priority", "the call's priority"),
  ENDPOINT("endpoint", "the endpoint of the last attempt, `node/instance`"),
  ATTEMPTS("attempts", "how many attempts the call took"),
  TOTAL("total_ms", "from the head's arrival to the answer, or to the stream's end"),
  BODY("body_ms", "how long the request's body took to arrive, if it came after the head"),
  QUEUED("queued_ms", "how long the last attempt waited at the endpoint, as that one measured"),
  SERVED("served_ms", "how long the last attempt ran there, as that one measured"),
  BYTES_IN("bytes_in", "the size of the request's body, if it was read or announced"),
  BYTES_OUT("bytes_out", "the size of the response's body; of a stream, what was sent of it"),
  STREAM("stream", "how a stream ended: `completed`, `failed`, `cancelled`, …"),
  ELEMENTS_OUT("elements_out", "elements of a stream that went to the client"),
  ELEMENTS_IN("elements_in", "elements of a stream that came from the client");

  private final String key;
  private final String meaning;

  AccessField(String key, String meaning) {
    this.key = key;
    this.meaning = meaning;
  }

  String key() {
    return key;
  }

  String meaning() {
    return meaning;
  }
}
