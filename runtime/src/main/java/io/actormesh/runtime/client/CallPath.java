package io.actormesh.runtime.client;

import io.actormesh.router.Endpoint;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.client.Layer.Onward;
import io.actormesh.runtime.link.Link;
import io.actormesh.runtime.tracing.Tracing;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of every call through the caller's node, outermost layer first. The same for a call from
 * an actor, from plain Java and from the front door. A call passes inwards from layer to layer; its
 * end passes outwards through the same ones.
 */
final class CallPath {

  private final Layer[] layers;
  private final Onward[] onward;

  private CallPath(List<Layer> layers) {
    this.layers = layers.toArray(Layer[]::new);
    this.onward = new Onward[this.layers.length + 1];
    for (int i = 0; i < this.layers.length; i++) {
      onward[i] = entrance(i);
    }
    onward[this.layers.length] =
        call -> {
          throw new IllegalStateException("the innermost layer passes nothing on");
        };
  }

  /** The way with or without spans: where tracing is off nothing on it knows of them. */
  static CallPath create(
      Ticker ticker,
      Function<Endpoint, Link> links,
      ByteBufAllocator buffers,
      @Nullable Tracing tracing) {
    List<Layer> layers = new ArrayList<>();
    if (tracing != null) {
      // Before all others, so that the span has the whole call, refused ones included.
      layers.add(new TracingLayer(tracing));
    }
    FailoverLayer failover = new FailoverLayer(ticker);
    layers.addAll(
        List.of(
            // First, so that every call is seen, also those that are refused before any endpoint.
            new ObservationLayer(ticker),
            // Before admission, so that a call that nobody waits for takes no permit.
            new DeadlineLayer(ticker),
            // Before the pick and the encoding, so that a refused call costs neither.
            new AdmissionLayer(ticker),
            // Inside admission, so that a call takes one permit however many attempts it needs;
            // outside the pick, so that each attempt picks anew.
            failover,
            // Last, because its choice is stale as soon as it is made.
            new AttemptLayer(ticker, links, buffers, failover)));
    return new CallPath(layers);
  }

  void start(Call<?> call) {
    onward[0].pass(call);
  }

  /** Tells all layers that have passed the call on, innermost first. */
  void leave(Call<?> call) {
    for (int i = call.depth - 1; i >= 0; i--) {
      layers[i].leave(call);
    }
  }

  private Onward entrance(int index) {
    return call -> {
      // An attempt that is repeated enters the inner layers again, but was never outside of them.
      call.depth = Math.max(call.depth, index);
      layers[index].enter(call, onward[index + 1]);
    };
  }
}
