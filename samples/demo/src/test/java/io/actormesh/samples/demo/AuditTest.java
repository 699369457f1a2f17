package io.actormesh.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.samples.demo.Errand.Order;
import io.actormesh.samples.demo.Outcome.Ending;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditTest {

  private static final Ledger EMPTY = new Ledger("north", Map.of(), Map.of());
  private static final Ledger TAKEN = new Ledger("north", Map.of("order-1", 2), Map.of());
  private static final Ledger TAKEN_AND_BACK =
      new Ledger("north", Map.of("order-1", 2), Map.of("order-1", 2));

  @Test
  void aPlacedOrderMustHaveBeenTakenFromTheWarehouseOnTheReceipt() {
    assertThat(wrong(placedAt("north"), TAKEN)).isEmpty();
    assertThat(wrong(placedAt("north"), EMPTY)).hasSize(1);
    assertThat(wrong(placedAt("north"), TAKEN_AND_BACK)).hasSize(1);
  }

  @Test
  void anOrderMustNotBeTakenTwice() {
    Ledger south = new Ledger("south", Map.of("order-1", 2), Map.of());

    assertThat(Audit.of(List.of(placedAt("north")), List.of(TAKEN, south), Set.of()).wrong())
        .isNotEmpty();
  }

  @Test
  void aPlacedOrderOfAClosedWarehouseMustNotBeInOpenBooks() {
    assertThat(Audit.of(List.of(placedAt("south")), List.of(EMPTY), Set.of("south")).wrong())
        .isEmpty();
    assertThat(Audit.of(List.of(placedAt("south")), List.of(TAKEN), Set.of("south")).wrong())
        .hasSize(1);
  }

  @Test
  void aRefusedOrderMustHaveBeenPutBack() {
    Outcome refused = ended(Ending.REFUSED, "", "");

    assertThat(wrong(refused, TAKEN_AND_BACK)).isEmpty();
    assertThat(wrong(refused, TAKEN)).hasSize(1);
  }

  @Test
  void anOrderThatWasNotBegunMustNotBeInTheBooks() {
    Outcome notBegun = ended(Ending.FAILED, "MESH-DRAINING", "no");

    assertThat(wrong(notBegun, EMPTY)).isEmpty();
    assertThat(wrong(notBegun, TAKEN)).hasSize(1);
  }

  @Test
  void anOrderOfUnknownOutcomeIsCountedAndNeverWrong() {
    Outcome unknown = ended(Ending.LOST, "connection lost", "");

    Audit done = Audit.of(List.of(unknown), List.of(TAKEN), Set.of());
    Audit undone = Audit.of(List.of(unknown), List.of(EMPTY), Set.of());

    assertThat(done.wrong()).isEmpty();
    assertThat(done.unknownDone()).isEqualTo(1);
    assertThat(done.unitsSold()).isEqualTo(2);
    assertThat(undone.unknownDone()).isZero();
    assertThat(undone.unitsUnseen()).isEqualTo(2);
  }

  private static List<String> wrong(Outcome outcome, Ledger ledger) {
    return Audit.of(List.of(outcome), List.of(ledger), Set.of()).wrong();
  }

  private static Outcome placedAt(String warehouse) {
    return ended(Ending.ANSWERED, warehouse, "");
  }

  private static Outcome ended(Ending ending, String code, String started) {
    Order order = new Order("order-1", 2, ending == Ending.REFUSED);
    return new Outcome(0, "n1", "checkout/place-order", order, 0, 1, ending, code, started, "");
  }
}
