package io.actormesh.runtime.admin;

/**
 * Something that needs somebody's attention, but does not keep a node from working.
 *
 * @param check what it is about, such as {@code front-door}
 * @param reason what is wrong, in a sentence
 */
public record HealthWarning(String check, String reason) {}
