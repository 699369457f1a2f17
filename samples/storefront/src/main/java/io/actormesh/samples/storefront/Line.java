package io.actormesh.samples.storefront;

/**
 * A line of an order.
 *
 * @param sku which product
 * @param quantity how many of it, at least 1
 */
public record Line(String sku, int quantity) {

  public Line {
    if (quantity < 1 || quantity > 1000) {
      throw new IllegalArgumentException("quantity: " + quantity + " (expected: 1 to 1000)");
    }
  }
}
