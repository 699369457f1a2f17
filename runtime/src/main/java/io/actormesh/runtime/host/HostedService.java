package io.actormesh.runtime.host;

/**
 * A service that this node serves.
 *
 * @param service the service's name
 * @param schema the service's schema, for its registry entry
 * @param instances how many instances run here, numbered from 0
 */
public record HostedService(String service, String schema, int instances) {}
