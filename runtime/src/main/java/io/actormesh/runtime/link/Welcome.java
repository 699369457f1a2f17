package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;

/**
 * The serving node's answer to {@link Hello}.
 *
 * @param version the protocol version both speak from now on
 * @param calls calls that may be out at first
 * @param bytes payload bytes that may be out at first
 * @param maxPayloadBytes the largest payload it takes
 */
record Welcome(int version, long calls, long bytes, int maxPayloadBytes) {

  void write(ByteBuf out) {
    out.writeByte(version);
    Wire.writeNumber(out, calls);
    Wire.writeNumber(out, bytes);
    Wire.writeNumber(out, maxPayloadBytes);
  }

  static Welcome read(ByteBuf in) {
    return new Welcome(
        in.readUnsignedByte(),
        Wire.readInt(in, Integer.MAX_VALUE, "calls"),
        Wire.readNumber(in),
        Wire.readInt(in, Integer.MAX_VALUE, "maxPayloadBytes"));
  }
}
