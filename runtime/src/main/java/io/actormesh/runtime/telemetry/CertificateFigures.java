package io.actormesh.runtime.telemetry;

import java.time.Instant;

/**
 * The certificate that the front door shows to new connections.
 *
 * @param expiry when it expires
 * @param reloads how often another one has been loaded since the start
 * @param stale whether the files have changed since to something that cannot be used
 */
public record CertificateFigures(Instant expiry, long reloads, boolean stale) {}
