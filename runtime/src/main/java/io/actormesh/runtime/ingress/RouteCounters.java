package io.actormesh.runtime.ingress;

import io.actormesh.runtime.ingress.IngressObserver.RouteObserver;
import java.util.IdentityHashMap;

/** Who counts which route; made once, read by all threads. */
final class RouteCounters {

  private final IdentityHashMap<Route<?>, RouteObserver> byRoute = new IdentityHashMap<>();

  RouteCounters(RouteTable routes, IngressObserver observer) {
    routes.all().forEach(route -> byRoute.put(route, observer.route(route.label())));
  }

  RouteObserver of(Route<?> route) {
    return byRoute.getOrDefault(route, RouteObserver.NONE);
  }
}
