package io.actormesh.runtime.failure;

import java.time.Duration;

/**
 * One try of a call at one endpoint, kept for the failure that ends the call.
 *
 * @param endpoint the endpoint tried, as {@code node/instance}
 * @param elapsed from picking the endpoint to knowing the attempt had failed
 * @param code why it failed
 * @param started whether the endpoint had begun the work
 */
public record Attempt(String endpoint, Duration elapsed, FailureCode code, Started started) {}
