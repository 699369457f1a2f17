package io.actormesh.runtime.ingress;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which components of a stream's elements become an event's id and name, and which component
 * of the message gets the id that a client saw last, when it comes back. See {@link
 * RouteBuilder#sse}. Not thread-safe.
 */
public final class SseEvents {

  private @Nullable String id;
  private @Nullable String event;
  private @Nullable String lastEventId;

  SseEvents() {}

  /** The component of the elements that is the event's {@code id}: what a reader resumes after. */
  @CanIgnoreReturnValue
  public SseEvents id(String component) {
    id = component;
    return this;
  }

  /**
   * The component of the elements that is the event's name. A browser delivers events that have one
   * to listeners of that name alone, and the others to {@code onmessage}.
   */
  @CanIgnoreReturnValue
  public SseEvents event(String component) {
    event = component;
    return this;
  }

  /**
   * The component of the message that gets the {@code Last-Event-ID} header; {@code lastEventId} if
   * there is one of that name and nothing else is said. Make it an {@code Optional}: a client's
   * first request has none.
   */
  @CanIgnoreReturnValue
  public SseEvents lastEventId(String component) {
    lastEventId = component;
    return this;
  }

  Optional<String> idComponent() {
    return Optional.ofNullable(id);
  }

  Optional<String> eventComponent() {
    return Optional.ofNullable(event);
  }

  Optional<String> lastEventIdComponent() {
    return Optional.ofNullable(lastEventId);
  }
}
