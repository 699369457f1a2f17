package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {

  private final RouteTable table =
      new RouteTable(
          List.of(
              ExposedService.of(
                  Shop.CONTRACT,
                  http ->
                      http.get("/", Shop.FindOrders.class)
                          .get("/orders/{id}", Shop.GetOrder.class)
                          .post("/orders/latest", Shop.Greet.class)
                          .get("/{customer}/orders", Shop.FindOrders.class)
                          .get("/orders/{id}/x", Shop.GetOrder.class))));

  /** What is asked for; the route; the values of its parameters. */
  @ParameterizedTest
  @CsvSource({
    "POST, /shop/greet,     POST /shop/greet,       ''",
    "GET,  /,               GET /,                  ''",
    "GET,  /orders/7,       GET /orders/{id},       7",
    "HEAD, /orders/7,       GET /orders/{id},       7",
    "POST, /orders/latest,  POST /orders/latest,    ''",
    "GET,  /orders/latest,  GET /orders/{id},       latest",
    "GET,  /orders/orders,  GET /orders/{id},       orders",
    "GET,  /ann/orders,     GET /{customer}/orders, ann",
    "GET,  /a%2Fb/orders,   GET /{customer}/orders, a/b",
    "GET,  /orders/7/x,     GET /orders/{id}/x,     7",
  })
  void theMostLiteralRouteOfTheMethodIsTaken(
      String method, String path, String route, String values) {
    RouteMatch match = table.find(method(method), path);

    assertThat(match.route().label()).isEqualTo(route);
    assertThat(String.join(",", match.values())).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/latest, 'GET, HEAD, POST, OPTIONS'",
    "/orders/7,      'GET, HEAD, OPTIONS'",
    "/shop/greet,    'POST, OPTIONS'",
  })
  void aPathTellsItsMethods(String path, String allow) {
    assertThat(table.allow(path)).isEqualTo(Optional.of(allow));
    assertThatThrownBy(() -> table.find(HttpMethods.TRACE, path))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused -> assertThat(refused.problem().allow()).isEqualTo(allow));
  }

  @Test
  void anUnknownPathHasNoMethods() {
    assertThat(table.allow("/orders")).isEmpty();
    assertThat(table.allow("/orders/7/y")).isEmpty();
  }

  private static HttpMethod method(String name) {
    return HttpMethods.lookup(name).orElseThrow();
  }
}
