package io.actormesh.runtime.external;

import io.actormesh.runtime.call.Ticker;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.Scheduler;
import scala.concurrent.ExecutionContext;

/**
 * What calls are made with.
 *
 * @param callbacks where replies complete
 * @param timers where deadlines run
 */
record ExternalParts(
    HttpClient http,
    Ticker ticker,
    RandomGenerator random,
    Executor callbacks,
    Scheduler scheduler,
    ExecutionContext timers) {}
