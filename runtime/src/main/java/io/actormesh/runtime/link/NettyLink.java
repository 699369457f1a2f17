package io.actormesh.runtime.link;

import java.util.ArrayList;
import java.util.List;

/** The link to one peer over TCP: one lane or several, over which callers are spread by name. */
final class NettyLink implements Link {

  private final LinkPeer peer;
  private final LinkStateListener listener;
  private final List<Lane> lanes;
  private volatile LinkState state = LinkState.CONNECTING;

  NettyLink(LinkPeer peer, LinkContext context) {
    this.peer = peer;
    this.listener = context.environment().stateListener();
    List<Lane> made = new ArrayList<>();
    for (int i = 0; i < context.settings().connectionsPerPeer(); i++) {
      made.add(new Lane(this, context, context.toolsOf(context.environment().loops().next())));
    }
    this.lanes = List.copyOf(made);
  }

  void dial() {
    lanes.forEach(Lane::dial);
  }

  void close(String why) {
    lanes.forEach(lane -> lane.close(why));
  }

  LinkPeer peer() {
    return peer;
  }

  @Override
  public void send(OutboundCall call) {
    laneOf(call).send(call);
  }

  @Override
  public void recall(OutboundCall call) {
    laneOf(call).recall(call);
  }

  @Override
  public LinkState state() {
    return state;
  }

  /** A lane has changed its state; the link is as good as its worst lane. On the lane's loop. */
  synchronized void laneChanged(String why) {
    LinkState worst = LinkState.UP;
    for (Lane lane : lanes) {
      if (badness(lane.state()) > badness(worst)) {
        worst = lane.state();
      }
    }
    LinkState before = state;
    if (before != worst) {
      state = worst;
      listener.onState(peer, before, worst, why);
    }
  }

  private Lane laneOf(OutboundCall call) {
    return lanes.size() == 1
        ? lanes.get(0)
        : lanes.get(Math.floorMod(call.caller().hashCode(), lanes.size()));
  }

  private static int badness(LinkState state) {
    return switch (state) {
      case UP -> 0;
      case CONNECTING -> 1;
      case DRAINING -> 2;
      case SILENT -> 3;
      case DOWN -> 4;
      case CLOSED -> 5;
    };
  }
}
