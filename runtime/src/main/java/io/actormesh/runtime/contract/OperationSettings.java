package io.actormesh.runtime.contract;

import io.actormesh.runtime.call.Priority;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a contract says of an operation beyond its record. */
record OperationSettings(
    String name, boolean idempotent, @Nullable Duration deadline, @Nullable Priority priority) {}
