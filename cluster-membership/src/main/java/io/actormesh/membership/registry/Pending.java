package io.actormesh.membership.registry;

import io.actormesh.membership.Confirmation;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A change that waits for its confirmation. */
record Pending(long revision, Instant since, CompletableFuture<Confirmation> confirmed) {}
