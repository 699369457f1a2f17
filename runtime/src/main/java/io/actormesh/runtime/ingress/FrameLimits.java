package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.config.DoorSecurity;

/**
 * What a client may send over an HTTP/2 connection beside requests.
 *
 * @param controlFrames frames that bring nothing, at once
 * @param headerBlock bytes of the header block of one request, compressed as it comes
 * @param observer told why connections are ended
 */
record FrameLimits(int controlFrames, int headerBlock, Ticker ticker, IngressObserver observer) {

  /** So much larger than what a request may have that it is still told which limit it breaks. */
  static FrameLimits of(DoorSecurity.Limits limits, IngressWiring wiring) {
    return new FrameLimits(
        limits.controlFrames(),
        limits.uri() + 4 * limits.headerBytes(),
        wiring.ticker(),
        wiring.observer());
  }
}
