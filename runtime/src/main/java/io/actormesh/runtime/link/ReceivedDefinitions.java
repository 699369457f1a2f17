package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the numbers of a caller mean. Numbers are given in turn, from 0. Owned by the loop. */
final class ReceivedDefinitions {

  /** Far more than any application has operations or services; a bound against broken peers. */
  private static final int MOST = 10_000;

  private final List<OperationKey> operations = new ArrayList<>();
  private final List<String> callers = new ArrayList<>();

  void define(ByteBuf body) {
    int kind = body.readByte();
    if (kind == SentDefinitions.OPERATION) {
      checkNumber(body, operations.size());
      operations.add(
          new OperationKey(
              Wire.readText(body),
              Wire.readText(body),
              Wire.readText(body),
              Wire.readText(body),
              body.readBoolean()));
    } else if (kind == SentDefinitions.CALLER) {
      checkNumber(body, callers.size());
      callers.add(Wire.readText(body));
    }
  }

  @Nullable OperationKey operation(int number) {
    return number < operations.size() ? operations.get(number) : null;
  }

  String caller(int number) {
    return number < callers.size() ? callers.get(number) : "";
  }

  private static void checkNumber(ByteBuf body, int expected) {
    int number = Wire.readInt(body, MOST, "number of a definition");
    if (number != expected) {
      throw new LinkProtocolException(
          CloseReason.PROTOCOL_ERROR,
          "number of a definition: " + number + " (expected: " + expected + ")");
    }
  }
}
