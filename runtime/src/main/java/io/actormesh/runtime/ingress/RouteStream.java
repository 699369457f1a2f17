package io.actormesh.runtime.ingress;

import io.actormesh.runtime.contract.CompositeShape.Component;
import io.actormesh.runtime.contract.Operation;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a route's streams look: what an event is called, where a reader goes on, what a WebSocket's
 * query may say.
 *
 * @param socketQuery the query parameters of a WebSocket, which has no other place for components
 * @param lastEventId the component that gets the {@code Last-Event-ID} header
 * @param idText where an event's id comes from
 * @param eventText where an event's name comes from
 */
record RouteStream(
    Set<String> socketQuery,
    Optional<String> lastEventId,
    Optional<ElementText> idText,
    Optional<ElementText> eventText) {

  /** The component that gets the header unless the route says otherwise. */
  private static final String LAST_EVENT_ID = "lastEventId";

  static RouteStream of(Route<?> route, Optional<SseEvents> events) {
    Operation<?> operation = route.operation();
    Set<String> query = new HashSet<>();
    for (Component component : operation.message().components()) {
      query.add(component.name());
    }
    Optional<String> conventional =
        query.contains(LAST_EVENT_ID) ? Optional.of(LAST_EVENT_ID) : Optional.empty();
    route.parameters().forEach(query::remove);
    return new RouteStream(
        Set.copyOf(query),
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
