package io.actormesh.runtime.telemetry;

/** An instance among all that this node hosts or has hosted. */
record InstanceId(String service, int instance) {}
