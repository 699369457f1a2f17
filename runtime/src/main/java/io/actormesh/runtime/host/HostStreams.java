package io.actormesh.runtime.host;

import io.actormesh.runtime.stream.StreamRunner;
import java.time.Duration;

/**
 * How a host deals with streams.
 *
 * @param runner runs what its services send
 * @param subscribeTimeout how long a stream waits for its reader before it is given up
 * @param patience how long open streams may go on when a service or the node leaves
 */
public record HostStreams(StreamRunner runner, Duration subscribeTimeout, Duration patience) {}
