/**
 * Consul's agent, over its HTTP API: {@link io.actormesh.membership.consul.ConsulDiscovery} finds
 * nodes there, {@link io.actormesh.membership.consul.KeptEntry} keeps an entry there.
 */
@NullMarked
package io.actormesh.membership.consul;

import org.jspecify.annotations.NullMarked;
