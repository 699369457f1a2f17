package io.actormesh.runtime.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two nodes; stock runs on n2, cart on n1. */
final class FakeMesh implements MeshView {

  static final EndpointView STOCK =
      new EndpointView("n2/0", "n2", 0, "b", "1.2", "READY", 1, "healthy", "", 1);
  static final EndpointView CART =
      new EndpointView("n1/0", "n1", 0, "a", "1.2", "SERVING", 1, "healthy", "It is draining.", 0);

  @Override
  public List<NodeView> nodes() {
    return List.of(
        new NodeView(
            "n1", "127.0.0.1:7355", "2a", "a", "1.2", Map.of("k", "v"), "READY", true, true),
        new NodeView("n2", "127.0.0.1:7356", "2b", "b", "1.2", Map.of(), "READY", true, false));
  }

  @Override
  public List<ServiceSummary> services() {
    return List.of(new ServiceSummary("cart", 1, 1, 0), new ServiceSummary("stock", 1, 1, 1));
  }

  @Override
  public Optional<ServiceView> service(String name) {
    return switch (name) {
      case "stock" -> Optional.of(new ServiceView("stock", List.of(STOCK)));
      case "cart" -> Optional.of(new ServiceView("cart", List.of(CART)));
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<Map<String, Object>> policy(String service) {
    return service.equals("stock")
        ? Optional.of(Map.of("service", "stock", "values", Map.of("codec", "cbor")))
        : Optional.empty();
  }
}
