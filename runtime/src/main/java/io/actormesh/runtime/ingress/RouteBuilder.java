package io.actormesh.runtime.ingress;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Declares routes of one service. A route's path is literal segments and {@code {parameters}}, each
 * a whole segment, and may end with query parameters: {@code /orders/{id}/lines{?page,size}}. Path
 * and query parameters are named after components of the message's record and bound to them; the
 * other components come from the JSON body. GET and DELETE have no body: what their path does not
 * bind comes from the query, whether the template names it or not.
 *
 * <p>What is wrong with the routes is found when the service is exposed, all of it at once: see
 * {@link RouteException}. Not thread-safe.
 *
 * @param <C> the service's protocol
 */
public final class RouteBuilder<C> {

  private final ServiceContract<C> contract;
  private final RouteFindings findings;
  private final List<Route<C>> routes = new ArrayList<>();
  private final Map<Operation<C>, SseEvents> events = new HashMap<>();

  RouteBuilder(ServiceContract<C> contract, RouteFindings findings) {
    this.contract = contract;
    this.findings = findings;
  }

  /** Reads: must have no effect that anybody would mind. Also serves HEAD. */
  @CanIgnoreReturnValue
  public RouteBuilder<C> get(String template, Class<? extends C> message) {
    return add(RouteMethod.GET, template, message);
  }

  /** Does something; never repeated by the mesh unless the operation is idempotent. */
  @CanIgnoreReturnValue
  public RouteBuilder<C> post(String template, Class<? extends C> message) {
    return add(RouteMethod.POST, template, message);
  }

  /** Sets something as a whole. */
  @CanIgnoreReturnValue
  public RouteBuilder<C> put(String template, Class<? extends C> message) {
    return add(RouteMethod.PUT, template, message);
  }

  /** Changes a part of something. */
  @CanIgnoreReturnValue
  public RouteBuilder<C> patch(String template, Class<? extends C> message) {
    return add(RouteMethod.PATCH, template, message);
  }

  /** Takes something away. */
  @CanIgnoreReturnValue
  public RouteBuilder<C> delete(String template, Class<? extends C> message) {
    return add(RouteMethod.DELETE, template, message);
  }

  /**
   * Says how a stream of replies looks as server-sent events, on all routes of its operation, that
   * by convention included:
   *
   * <pre>{@code
   * http.get("/orders/{id}/status", Watch.class)
   *     .sse(Watch.class, event -> event.id("sequence").event("kind").lastEventId("after"))
   * }</pre>
   */
  @CanIgnoreReturnValue
  public RouteBuilder<C> sse(Class<? extends C> message, Consumer<SseEvents> declared) {
    findings.about("sse " + message.getSimpleName());
    SseEvents said = new SseEvents();
    declared.accept(said);
    new SseBinding<>(contract, findings).bind(message, said).ifPresent(o -> events.put(o, said));
    return this;
  }

  /** How the streams of operations look as events, where something was said about it. */
  Map<Operation<C>, SseEvents> events() {
    return Map.copyOf(events);
  }

  /** The routes declared so far that are sound. */
  List<Route<C>> routes() {
    return List.copyOf(routes);
  }

  @CanIgnoreReturnValue
  private RouteBuilder<C> add(RouteMethod method, String template, Class<? extends C> message) {
    findings.about(method + " " + template);
    new RouteBinding<>(contract, findings).bind(method, template, message).ifPresent(routes::add);
    return this;
  }
}
