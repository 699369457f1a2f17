package io.actormesh.runtime.telemetry;

/**
 * What the figures of an edge are about: calls of one caller to one operation at one endpoint.
 *
 * @param caller the calling service, or the calling node
 * @param service the service called
 * @param operation the operation called
 * @param endpoint {@code node/instance}; {@link CallMetrics#NO_ENDPOINT} for calls that failed
 *     before one was chosen, {@link CallMetrics#OTHER} for those beyond the limit of edges
 */
public record EdgeId(String caller, String service, String operation, String endpoint) {}
