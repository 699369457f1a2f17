package io.actormesh.runtime.ingress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events as the HTML standard has them: an event for each element, comments while there
 * is none, an event {@code error} for a failure. JSON has no line ends, so an event's data is one
 * line.
 */
final class SseText implements StreamText {

  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] EVENT_END = "\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final Function<Object, byte[]> json;
  private final RouteStream route;
  private final String requestId;
  private final Duration retry;

  SseText(Function<Object, byte[]> json, RouteStream route, String requestId, Duration retry) {
    this.json = json;
    this.route = route;
    this.requestId = requestId;
    this.retry = retry;
  }

  @Override
  public void begin(ByteArrayOutputStream out) {
    line("retry: ", Long.toString(retry.toMillis()), out);
    out.write('\n');
  }

  @Override
  public void element(Object element, ByteArrayOutputStream out) {
    byte[] bytes = json.apply(element);
    line("event: ", route.event(element), out);
    line("id: ", route.id(element), out);
    data(bytes, out);
  }

  @Override
  public byte[] heartbeat() {
    return COMMENT;
  }

  @Override
  public void end(ByteArrayOutputStream out) {}

  @Override
  public void failure(Problem problem, ByteArrayOutputStream out) {
    line("event: ", "error", out);
    Duration hint = problem.retryAfter();
    line("retry: ", Long.toString((hint == null ? retry : hint).toMillis()), out);
    data(ProblemJson.write(problem, requestId), out);
  }

  @Override
  public boolean cutsFailures() {
    return false;
  }

  private static void data(byte[] bytes, ByteArrayOutputStream out) {
    out.writeBytes(DATA);
    out.writeBytes(bytes);
    out.writeBytes(EVENT_END);
  }

  private static void line(String name, @Nullable String value, ByteArrayOutputStream out) {
    // What would end the line, or be ignored, is better not said at all.
    if (value != null && value.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      out.writeBytes((name + value + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
