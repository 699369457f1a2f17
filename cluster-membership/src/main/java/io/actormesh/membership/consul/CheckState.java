package io.actormesh.membership.consul;

/**
 * What a node says about one of its entries.
 *
 * @param passing whether it is to be given work
 * @param note why, for people who look at the check
 */
public record CheckState(boolean passing, String note) {

  String word() {
    return passing ? "passing" : "critical";
  }
}
