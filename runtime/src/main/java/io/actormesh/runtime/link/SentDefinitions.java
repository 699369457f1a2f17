package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a connection has given to operations and callers. The first use of each writes a
 * DEFINE frame before the call that needs it. Owned by the connection's loop.
 */
final class SentDefinitions {

  static final int OPERATION = 1;
  static final int CALLER = 2;

  private final Map<OperationKey, Integer> operations = new HashMap<>();
  private final Map<String, Integer> callers = new HashMap<>();
  private @Nullable OperationKey lastKey;
  private int lastNumber;

  @SuppressWarnings("ReferenceEquality") // a quick look before the map compares by value
  int operation(OperationKey key, Outbox outbox, FrameWriter writer) {
    if (key == lastKey) {
      return lastNumber;
    }
    Integer known = operations.get(key);
    int number = known == null ? defineOperation(key, outbox.room(), writer) : known;
    lastKey = key;
    lastNumber = number;
    return number;
  }

  int caller(String name, Outbox outbox, FrameWriter writer) {
    Integer known = callers.get(name);
    return known == null ? defineCaller(name, outbox.room(), writer) : known;
  }

  private int defineOperation(OperationKey key, ByteBuf out, FrameWriter writer) {
    int number = operations.size();
    operations.put(key, number);
    int start = writer.begin(out, FrameType.DEFINE, 0);
    out.writeByte(OPERATION);
    Wire.writeNumber(out, number);
    Wire.writeText(out, key.service());
    Wire.writeText(out, key.operation());
    Wire.writeText(out, key.codec());
    Wire.writeText(out, key.schema());
    out.writeBoolean(key.oneWay());
    writer.end(out, start);
    return number;
  }

  private int defineCaller(String name, ByteBuf out, FrameWriter writer) {
    int number = callers.size();
    callers.put(name, number);
    int start = writer.begin(out, FrameType.DEFINE, 0);
    out.writeByte(CALLER);
    Wire.writeNumber(out, number);
    Wire.writeText(out, name);
    writer.end(out, start);
    return number;
  }
}
