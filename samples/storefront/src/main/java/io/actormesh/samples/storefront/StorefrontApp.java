package io.actormesh.samples.storefront;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.runtime.node.ServiceClients;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A node of the shop: hosts all five services, or those that {@code MESH_SERVICES} names, and lets
 * HTTP callers in. The nodes of a shop share its log of orders, the file that {@code SHOP_ORDERS}
 * names, or else {@code orders.log} where they were started.
 */
public final class StorefrontApp {

  private StorefrontApp() {}

  public static void main(String[] args) {
    String log = Optional.ofNullable(System.getenv("SHOP_ORDERS")).orElse("orders.log");
    MeshNode node = shop(Path.of(log)).start();
    System.out.println(node.name() + " is open");
  }

  /** The whole shop, ready to be put on a node. */
  static MeshNodeBuilder shop(Path orders) {
    return MeshNode.builder()
        .host(Catalog.CONTRACT, Catalog::create)
        .host(Inventory.CONTRACT, StorefrontApp::inventory)
        .host(Orders.CONTRACT, () -> Orders.create(orders))
        .hostWith(Pricing.CONTRACT, StorefrontApp::pricing)
        .hostWith(Checkout.CONTRACT, StorefrontApp::checkout)
        .expose(
            Catalog.CONTRACT,
            http ->
                http.get("/catalog", Catalog.Browse.class)
                    .get("/catalog/{sku}", Catalog.Find.class))
        .expose(
            Inventory.CONTRACT,
            http ->
                http.get("/stock/{sku}", Inventory.Level.class)
                    .get("/ledger", Inventory.Audit.class))
        .expose(
            Orders.CONTRACT,
            http ->
                http.get("/orders/{id}/status", Orders.Follow.class)
                    .sse(
                        Orders.Follow.class,
                        event -> event.id("number").event("step").lastEventId("after"))
                    .post("/orders/{id}/status", Orders.Report.class))
        .expose(Pricing.CONTRACT)
        .expose(Checkout.CONTRACT, http -> http.post("/checkout", Checkout.PlaceOrder.class));
  }

  /** A warehouse that nobody mistakes for another, nor for the one that burnt down. */
  private static Behavior<Inventory.Command> inventory() {
    return Inventory.create("warehouse-" + UUID.randomUUID());
  }

  private static Behavior<Pricing.Command> pricing(ServiceClients clients) {
    ServiceClient<Catalog.Command> catalog = clients.client(Catalog.CONTRACT);
    return Pricing.create(sku -> catalog.askWithStatus(r -> new Catalog.Find(sku, r)));
  }

  private static Behavior<Checkout.Command> checkout(ServiceClients clients) {
    ServiceClient<Pricing.Command> pricing = clients.client(Pricing.CONTRACT);
    return Checkout.create(
        new RemoteStock(clients.client(Inventory.CONTRACT)),
        (lines, order) -> pricing.onBehalfOf(order).askWithStatus(r -> new Pricing.Quote(lines, r)),
        new RemoteHistory(clients.client(Orders.CONTRACT)));
  }
}
