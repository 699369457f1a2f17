package io.actormesh.samples.storefront;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.node.MeshNode;
import io.actormesh.runtime.node.MeshNodeBuilder;
import io.actormesh.runtime.node.ServiceClients;
import java.util.UUID;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A node of the shop: hosts all four services, or those that {@code MESH_SERVICES} names, and lets
 * HTTP callers in.
 */
public final class StorefrontApp {

  private StorefrontApp() {}

  public static void main(String[] args) {
    MeshNode node = shop().start();
    System.out.println(node.name() + " is open");
  }

  /** The whole shop, ready to be put on a node. */
  static MeshNodeBuilder shop() {
    return MeshNode.builder()
        .host(Catalog.CONTRACT, Catalog::create)
        .host(Inventory.CONTRACT, StorefrontApp::inventory)
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
        (lines, order) ->
            pricing.onBehalfOf(order).askWithStatus(r -> new Pricing.Quote(lines, r)));
  }
}
