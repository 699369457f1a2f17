package io.actormesh.membership.registry;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/** What the keeper works with. */
record KeeperParts(
    Knowledge knowledge,
    Peers peers,
    EntryCodec codec,
    EntrySize size,
    RegistrySettings settings,
    InstantSource clock,
    Executor callbacks) {}
