package io.actormesh.runtime.admin;

import java.util.Map;

/**
 * A node as it is listed.
 *
 * @param name its name
 * @param address its cluster address, {@code host:port}
 * @param incarnation which run of the node it is, in hexadecimal
 * @param zone where it runs, empty if nobody said
 * @param version the application's version
 * @param labels whatever else was said about it
 * @param state how it stands, such as {@code READY} or {@code DRAINING}
 * @param reachable whether the others have contact with it
 * @param self whether it is the node that answers
 */
public record NodeView(
    String name,
    String address,
    String incarnation,
    String zone,
    String version,
    Map<String, String> labels,
    String state,
    boolean reachable,
    boolean self) {

  public NodeView {
    labels = Map.copyOf(labels);
  }
}
