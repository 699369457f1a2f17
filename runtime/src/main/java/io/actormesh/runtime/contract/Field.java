package io.actormesh.runtime.contract;

import java.lang.reflect.Type;

/**
 * One field of an operation's message: a component of its record, the reply ref and a streamed
 * argument left out.
 *
 * @param name the component's name; it is also the name on the wire and in JSON
 * @param type the component's declared type
 * @param required whether a caller over HTTP must give it; what is {@code Optional}, a collection
 *     or annotated {@code @Nullable} may be left out
 * @param componentIndex its position among all components of the record, the left-out ones included
 */
public record Field(String name, Type type, boolean required, int componentIndex) {}
