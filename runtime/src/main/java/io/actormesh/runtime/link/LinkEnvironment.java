package io.actormesh.runtime.link;

import io.actormesh.runtime.call.Ticker;
import java.util.random.RandomGenerator;

/**
 * What links take from outside.
 *
 * @param loops the event loops that carry them; not ended by the links
 * @param ticker the clock of deadlines and silence
 * @param random spreads repeated dials; used under a lock, so it need not be thread-safe
 * @param stateListener told when a link changes its state
 * @param observer counts what links do
 */
public record LinkEnvironment(
    LinkLoops loops,
    Ticker ticker,
    RandomGenerator random,
    LinkStateListener stateListener,
    LinkObserver observer) {}
