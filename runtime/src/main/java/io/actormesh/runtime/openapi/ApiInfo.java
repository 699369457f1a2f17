package io.actormesh.runtime.openapi;

import java.util.List;

/**
 * What the document says about the front door as a whole.
 *
 * @param title the API's name
 * @param version the application's version
 * @param server where it is served, an absolute path or URL
 * @param priorities whether clients may choose the priority of their calls
 * @param anonymous whether requests may come without
 * @param security how clients say who they are; empty if nobody asks
 */
public record ApiInfo(
    String title,
    String version,
    String server,
    boolean priorities,
    boolean anonymous,
    List<ApiSecurity> security) {
  /** Copies the list. */
  public ApiInfo {
    security = List.copyOf(security);
  }
}
