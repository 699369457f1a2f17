package io.actormesh.samples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContractsTest {

  @Test
  void onlyWhatMayRunTwiceIsDeclaredIdempotent() {
    assertThat(operations(true))
        .containsExactlyInAnyOrder(
            "catalog/find",
            "catalog/browse",
            "inventory/level",
            "inventory/audit",
            "pricing/quote",
            "orders/follow",
            "orders/report");
    assertThat(operations(false))
        .containsExactlyInAnyOrder(
            "inventory/reserve", "inventory/put-back", "checkout/place-order");
  }

  private static Stream<String> operations(boolean idempotent) {
    return Stream.of(
            Catalog.CONTRACT,
            Inventory.CONTRACT,
            Pricing.CONTRACT,
            Orders.CONTRACT,
            Checkout.CONTRACT)
        .flatMap(contract -> operations(contract, idempotent));
  }

  private static <C> Stream<String> operations(ServiceContract<C> contract, boolean idempotent) {
    return contract.operations().stream()
        .filter(operation -> operation.idempotent() == idempotent)
        .map(Operation::name)
        .map(name -> contract.name() + "/" + name);
  }
}
