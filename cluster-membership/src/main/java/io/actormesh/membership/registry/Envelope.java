package io.actormesh.membership.registry;

/** A word on its way between two nodes. Its class name is on the wire: it must not be renamed. */
record Envelope(Word word) implements Command, ControlMessage {}
