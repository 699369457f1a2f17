package io.actormesh.router;

/**
 * What this node knows about another one from its own traffic: evidence that is quicker than the
 * cluster's failure detector. Shared by all endpoints of the node. One writer, any number of
 * readers.
 */
public final class NodeHealth {

  private volatile String trouble = "";

  /** Whether new calls may go to the node. */
  public boolean usable() {
    return trouble.isEmpty();
  }

  /** Why no new call goes to the node, or empty. */
  public String trouble() {
    return trouble;
  }

  /** Takes the node out of the choice; the reason is shown to operators. */
  public void markUnusable(String reason) {
    trouble = reason.isEmpty() ? "unusable" : reason;
  }

  /** Takes the node back into the choice. */
  public void markUsable() {
    trouble = "";
  }
}
