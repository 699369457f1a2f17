package io.actormesh.runtime.ingress;

import io.actormesh.runtime.contract.CompositeShape.Component;
import io.actormesh.runtime.contract.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a route's streams look: what an event is called, and where a reader goes on.
 *
 * @param lastEventId the component that gets the {@code Last-Event-ID} header
 * @param idText where an event's id comes from
 * @param eventText where an event's name comes from
 */
record RouteStream(
    Optional<String> lastEventId, Optional<ElementText> idText, Optional<ElementText> eventText) {

  /** The component that gets the header unless the route says otherwise. */
  private static final String LAST_EVENT_ID = "lastEventId";

  static RouteStream of(Route<?> route, Optional<SseEvents> events) {
    Operation<?> operation = route.operation();
    Optional<String> conventional =
        operation.message().components().stream()
            .map(Component::name)
            .filter(LAST_EVENT_ID::equals)
            .findFirst();
    return new RouteStream(
        events.flatMap(SseEvents::lastEventIdComponent).or(() -> conventional),
        events.flatMap(SseEvents::idComponent).flatMap(name -> text(operation, name)),
        events.flatMap(SseEvents::eventComponent).flatMap(name -> text(operation, name)));
  }

  @Nullable String id(Object element) {
    return idText.isPresent() ? idText.get().of(element) : null;
  }

  @Nullable String event(Object element) {
    return eventText.isPresent() ? eventText.get().of(element) : null;
  }

  private static Optional<ElementText> text(Operation<?> operation, String component) {
    return operation.replyElement().flatMap(shape -> ElementText.of(shape, component));
  }
}
