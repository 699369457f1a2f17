package io.actormesh.runtime.ingress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A line of JSON for each element, and empty lines while there is none. A failure is a last line
 * under a name that no record can have a component of.
 */
final class NdjsonText implements StreamText {

  private static final byte[] LINE_END = {'\n'};
  private static final byte[] PROBLEM = "{\"mesh:problem\":".getBytes(StandardCharsets.UTF_8);

  private final Function<Object, byte[]> json;
  private final String requestId;

  NdjsonText(Function<Object, byte[]> json, String requestId) {
    this.json = json;
    this.requestId = requestId;
  }

  @Override
  public void begin(ByteArrayOutputStream out) {}

  @Override
  public void element(Object element, ByteArrayOutputStream out) {
    out.writeBytes(json.apply(element));
    out.write('\n');
  }

  @Override
  public byte[] heartbeat() {
    return LINE_END;
  }

  @Override
  public void end(ByteArrayOutputStream out) {}

  @Override
  public void failure(Problem problem, ByteArrayOutputStream out) {
    out.writeBytes(problem(problem, requestId));
    out.write('\n');
  }

  /** A problem in the place of an element. */
  static byte[] problem(Problem problem, String requestId) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    out.writeBytes(PROBLEM);
    out.writeBytes(ProblemJson.write(problem, requestId));
    out.write('}');
    return out.toByteArray();
  }

  @Override
  public boolean cutsFailures() {
    return true;
  }
}
