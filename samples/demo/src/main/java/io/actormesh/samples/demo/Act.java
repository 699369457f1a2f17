package io.actormesh.samples.demo;

import java.util.List;

/** A part of the play. */
interface Act {

  /** What happens, in a few words. */
  String title();

  /** Plays it. Customers shop meanwhile. */
  ActReport play(Stage stage);

  /**
   * What came of it.
   *
   * @param told in sentences
   * @param broken promises that were not kept; none if all is well
   */
  record ActReport(List<String> told, List<String> broken) {

    public ActReport {
      told = List.copyOf(told);
      broken = List.copyOf(broken);
    }
  }
}
