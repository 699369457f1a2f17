package io.actormesh.runtime.observe;

import io.actormesh.runtime.link.LinkObserver;
import io.actormesh.runtime.link.LinkPeer;
import io.actormesh.runtime.link.LinkState;
import io.actormesh.runtime.link.LinkStateListener;
import io.actormesh.runtime.link.StreamFault;
import io.actormesh.runtime.telemetry.CallMetrics;
import io.actormesh.runtime.telemetry.LinkStats;
import io.actormesh.runtime.telemetry.LinkTraffic;
import org.jspecify.annotations.Nullable;

/** Counts what links do, and notes their states. */
public final class LinkMetrics implements LinkObserver, LinkStateListener {

  private final CallMetrics metrics;
  private final LinkTraffic traffic;

  /** Counts into the given metrics. */
  public LinkMetrics(CallMetrics metrics) {
    this.metrics = metrics;
    this.traffic = metrics.traffic();
  }

  @Override
  public void onState(LinkPeer peer, LinkState before, LinkState now, String why) {
    LinkStats link = metrics.link(peer.name());
    link.state(now);
    if (now == LinkState.CLOSED) {
      link.gone();
    }
  }

  @Override
  public void onRead(long bytes, int frames) {
    traffic.received(bytes, frames);
  }

  @Override
  public void onWritten(long bytes, int frames) {
    traffic.sent(bytes, frames);
  }

  @Override
  public void onConnected(LinkPeer peer) {
    metrics.link(peer.name()).connected();
  }

  @Override
  public void onDisconnected(LinkPeer peer, String why) {
    metrics.link(peer.name()).disconnected();
  }

  @Override
  public void onCallerConnected(String nodeAddress) {
    traffic.callerConnected();
  }

  @Override
  public void onCallerDisconnected(String nodeAddress, String why) {
    traffic.callerDisconnected();
  }

  @Override
  public void onStreamOpened(boolean sent) {
    traffic.streams(sent).opened();
  }

  @Override
  public void onStreamElements(boolean sent, int elements, long bytes) {
    traffic.streams(sent).moved(elements, bytes);
  }

  @Override
  public void onStreamEnded(boolean sent, @Nullable StreamFault fault) {
    traffic.streams(sent).ended(fault);
  }

  @Override
  public void onDropped(Drop drop) {
    traffic.dropped(drop.name());
  }
}
