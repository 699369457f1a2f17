package io.actormesh.runtime.link;

/** Who has an outbound call at the moment, and is told when its deadline passes. */
@FunctionalInterface
interface CallOwner {

  /** The wheel found that the call is due. On the owner's loop. */
  void onDue(OutboundCall call);
}
