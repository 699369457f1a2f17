package io.actormesh.runtime.external;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a service outside of the mesh has answered, whatever its status. Immutable. */
public final class ExternalReply {

  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  ExternalReply(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** The status, such as 200 or 404. */
  public int status() {
    return status;
  }

  /** The first header of that name, in any case. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The body; a copy. */
  public byte[] bytes() {
    return body.clone();
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "ExternalReply[status=" + status + ", " + body.length + " bytes]";
  }
}
