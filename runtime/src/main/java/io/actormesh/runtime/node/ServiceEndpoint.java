package io.actormesh.runtime.node;

import io.actormesh.router.EndpointState;
import java.util.Map;

/**
 * One instance of a service, as this node sees it now.
 *
 * @param service the service's name
 * @param endpoint {@code node/instance}
 * @param address the node's cluster address
 * @param state whether it takes new calls
 * @param selectable whether this node would send a new call there now
 * @param exclusion why it would not; empty if it would
 * @param zone the node's zone, or empty
 * @param version the node's version, or empty
 * @param labels the node's labels
 * @param weight its share relative to others
 * @param inFlight this node's calls in flight to it
 */
public record ServiceEndpoint(
    String service,
    String endpoint,
    String address,
    EndpointState state,
    boolean selectable,
    String exclusion,
    String zone,
    String version,
    Map<String, String> labels,
    int weight,
    int inFlight) {}
