package io.actormesh.runtime.admin;

/**
 * Another node of the mesh, to be asked for its figures.
 *
 * @param name its name
 * @param address its cluster address, {@code host:port}
 * @param reachable whether asking it makes sense
 */
public record PeerNode(String name, String address, boolean reachable) {}
