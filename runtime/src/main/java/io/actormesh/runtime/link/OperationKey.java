package io.actormesh.runtime.link;

/**
 * An operation as two nodes name it to each other: by logical names, never by classes. A connection
 * binds each key to a number the first time it is used.
 *
 * @param service the service's name
 * @param operation the operation's name within the service
 * @param codec the codec of both payloads, such as {@code cbor}
 * @param schema the operation's fields and types in canonical text, compared by the serving node
 * @param oneWay whether the operation has no reply
 */
public record OperationKey(
    String service, String operation, String codec, String schema, boolean oneWay) {}
