package io.actormesh.runtime.host;

import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.codec.PayloadCodec;
import io.actormesh.runtime.tracing.Tracing;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.ActorRefProvider;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** What all services of a host share. */
record HostEnvironment(
    ActorSystem<?> system,
    ActorRefProvider refProvider,
    Ticker ticker,
    Sweeper sweeper,
    HostDispatchers dispatchers,
    HostStreams streams,
    HostObserver observer,
    Function<String, Optional<PayloadCodec>> codecs,
    Consumer<InstanceChange> changes,
    @Nullable Tracing tracing) {}
