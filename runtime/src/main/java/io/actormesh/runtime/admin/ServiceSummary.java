package io.actormesh.runtime.admin;

/**
 * A service as it is listed.
 *
 * @param name its name
 * @param nodes how many nodes host it
 * @param instances how many instances there are
 * @param ready how many of them this node would send a call to
 */
public record ServiceSummary(String name, int nodes, int instances, int ready) {}
