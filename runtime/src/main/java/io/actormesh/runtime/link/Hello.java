package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;

/**
 * What the dialling node says first.
 *
 * @param oldest oldest protocol version it speaks
 * @param newest newest protocol version it speaks
 * @param cluster name of its cluster
 * @param name its name, for people
 * @param address its cluster address
 * @param incarnation its incarnation
 * @param calledAddress the cluster address of the node it means to reach
 * @param calledIncarnation the incarnation of that node
 */
record Hello(
    int oldest,
    int newest,
    String cluster,
    String name,
    String address,
    long incarnation,
    String calledAddress,
    long calledIncarnation) {

  void write(ByteBuf out) {
    out.writeByte(oldest).writeByte(newest);
    Wire.writeText(out, cluster);
    Wire.writeText(out, name);
    Wire.writeText(out, address);
    out.writeLong(incarnation);
    Wire.writeText(out, calledAddress);
    out.writeLong(calledIncarnation);
  }

  static Hello read(ByteBuf in) {
    return new Hello(
        in.readUnsignedByte(),
        in.readUnsignedByte(),
        Wire.readText(in),
        Wire.readText(in),
        Wire.readText(in),
        in.readLong(),
        Wire.readText(in),
        in.readLong());
  }

  /** The newest version that both speak, or 0. */
  int agreedVersion(int myOldest, int myNewest) {
    int version = Math.min(newest, myNewest);
    return version >= Math.max(oldest, myOldest) ? version : 0;
  }
}
