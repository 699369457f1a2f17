package io.actormesh.membership.registry;

/**
 * Marks what registries send each other. The module's reference.conf binds it to Jackson's CBOR
 * serializer, with compression.
 */
public interface ControlMessage {}
