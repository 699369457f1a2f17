package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.TraceContext;
import java.util.random.RandomGenerator;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/**
 * What the front door reads of a request's headers, in one pass.
 *
 * @param requestId the client's, if it is well-formed, or a new one
 * @param trace a new span in the client's trace, or in a new one
 * @param parent the client's own place in its trace, if it has one
 * @param deadline the {@code Mesh-Deadline} header, not validated
 * @param priority the {@code Mesh-Priority} header, not validated
 * @param encoding the {@code Content-Encoding} header
 * @param expectsContinue whether the client waits for a go-ahead before it sends the body
 * @param http2 whether it came over HTTP/2
 * @param webSocket whether the client wants the connection to become a WebSocket
 * @param bytes the names and values of all headers but those that Pekko reads itself, such as Host
 */
record RequestHead(
    String requestId,
    TraceContext trace,
    @Nullable TraceContext parent,
    @Nullable String deadline,
    @Nullable String priority,
    @Nullable String encoding,
    boolean expectsContinue,
    boolean http2,
    boolean webSocket,
    int bytes) {

  static final String REQUEST_ID = "X-Request-Id";
  static final String TRACE_PARENT = "traceparent";
  static final String TRACE_STATE = "tracestate";

  private static final String HTTP_2 = "HTTP/2.0";
  private static final int MAX_REQUEST_ID = 128;
  private static final int MAX_TRACE_STATE = 512;

  static RequestHead read(HttpRequest request, RandomGenerator random) {
    Reading reading = new Reading();
    for (HttpHeader header : request.getHeaders()) {
      reading.take(header);
    }
    return reading.head(request.protocol().value().equals(HTTP_2), random);
  }

  /** The head while its headers are read; of one that is repeated the last counts. */
  private static final class Reading {
    private @Nullable String requestId;
    private @Nullable String traceParent;
    private String traceState = "";
    private @Nullable String deadline;
    private @Nullable String priority;
    private @Nullable String encoding;
    private boolean expectsContinue;
    private boolean webSocket;
    private int bytes;

    void take(HttpHeader header) {
      if (header instanceof RawHeader raw) {
        bytes += raw.name().length() + raw.value().length();
      }
      switch (header.lowercaseName()) {
        case "x-request-id" -> requestId = header.value();
        case TRACE_PARENT -> traceParent = header.value();
        case TRACE_STATE ->
            traceState = traceState.isEmpty() ? header.value() : traceState + "," + header.value();
        case "mesh-deadline" -> deadline = header.value();
        case "mesh-priority" -> priority = header.value();
        case "content-encoding" -> encoding = header.value();
        case "upgrade" -> webSocket = header.value().equalsIgnoreCase("websocket");
        case "expect" -> expectsContinue = true;
        default -> {
          // Means nothing to the front door.
        }
      }
    }

    RequestHead head(boolean http2, RandomGenerator random) {
      TraceContext parent = parent();
      return new RequestHead(
          requestId != null && isWellFormed(requestId) ? requestId : newId(random),
          parent == null ? TraceContext.root(random) : parent.child(random),
          parent,
          deadline,
          priority,
          encoding,
          expectsContinue,
          http2,
          webSocket,
          bytes);
    }

    private @Nullable TraceContext parent() {
      if (traceParent == null) {
        return null;
      }
      String state = traceState.length() <= MAX_TRACE_STATE ? traceState : "";
      return TraceContext.parse(traceParent, state).orElse(null);
    }

    private static boolean isWellFormed(String id) {
      for (int i = 0; i < id.length(); i++) {
        char c = id.charAt(i);
        // Visible ASCII without what could break out of a log line or a quoted text.
        if (c <= ' ' || c >= 127 || c == '"' || c == '\\' || c == '<' || c == '>') {
          return false;
        }
      }
      return !id.isEmpty() && id.length() <= MAX_REQUEST_ID;
    }

    private static String newId(RandomGenerator random) {
      String digits = Long.toHexString(random.nextLong());
      return "0".repeat(16 - digits.length()) + digits;
    }
  }
}
