package io.actormesh.runtime.client;

import io.actormesh.runtime.stream.StreamRunner;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;

/**
 * How clients deal with streams.
 *
 * @param runner runs the streams that callers send
 * @param buffers where their elements are encoded
 * @param subscribeTimeout how long a stream that was sent with an answered call may still be asked
 *     for
 */
public record ClientStreams(
    StreamRunner runner, ByteBufAllocator buffers, Duration subscribeTimeout) {}
