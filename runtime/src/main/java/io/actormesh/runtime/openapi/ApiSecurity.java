package io.actormesh.runtime.openapi;

/**
 * A way for clients to say who they are; any one of several will do.
 *
 * @param name its name in the document
 * @param kind what is sent
 * @param header the header of an API key; not looked at for {@link Kind#JWT}
 */
public record ApiSecurity(String name, Kind kind, String header) {
  /** What a client sends. */
  public enum Kind {
    /** A key in a header of its own. */
    API_KEY,
    /** {@code Authorization: Bearer}, and a JSON Web Token. */
    JWT
  }
}
