package io.actormesh.runtime.ingress;

import java.io.ByteArrayOutputStream;
import java.util.function.Function;

/**
 * One JSON array, for clients that read it as a whole. It has no words for a failure: an array that
 * is not closed is no JSON.
 */
final class JsonArrayText implements StreamText {

  private static final byte[] WHITE_SPACE = {'\n'};

  private final Function<Object, byte[]> json;
  private boolean first = true;

  JsonArrayText(Function<Object, byte[]> json) {
    this.json = json;
  }

  @Override
  public void begin(ByteArrayOutputStream out) {
    out.write('[');
  }

  @Override
  public void element(Object element, ByteArrayOutputStream out) {
    byte[] bytes = json.apply(element);
    if (!first) {
      out.write(',');
    }
    first = false;
    out.writeBytes(bytes);
  }

  @Override
  public byte[] heartbeat() {
    return WHITE_SPACE;
  }

  @Override
  public void end(ByteArrayOutputStream out) {
    out.write(']');
  }

  @Override
  public void failure(Problem problem, ByteArrayOutputStream out) {}

  @Override
  public boolean cutsFailures() {
    return true;
  }
}
