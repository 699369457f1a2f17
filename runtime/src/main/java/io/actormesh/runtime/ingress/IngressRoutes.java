package io.actormesh.runtime.ingress;

/**
 * The HTTP routes of a service beside those by convention, declared where it is exposed:
 *
 * <pre>{@code
 * .expose(Orders.CONTRACT, http -> http
 *     .get("/orders/{id}", GetOrder.class)
 *     .post("/orders", PlaceOrder.class))
 * }</pre>
 *
 * @param <C> the service's protocol
 */
@FunctionalInterface
public interface IngressRoutes<C> {

  /** Declares the routes; runs once, when the service is exposed. */
  void declare(RouteBuilder<C> http);

  /** The routes by convention alone: {@code POST /{service}/{operation}}. */
  static <C> IngressRoutes<C> byConvention() {
    return http -> {};
  }
}
