package io.actormesh.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Asks a name server on loopback for SRV records (RFC 1035, 2782). */
final class DnsQuery {

  private static final int SRV = 33;
  private static final int POINTER = 0xC0;
  private static final int PATIENCE_MILLIS = 10_000;

  private DnsQuery() {}

  /** The ports of the name's SRV records. */
  static List<Integer> ports(int server, String name) throws IOException {
    byte[] question = question(name);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.send(
          new DatagramPacket(question, question.length, InetAddress.getLoopbackAddress(), server));
      DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
      socket.receive(answer);
      return ports(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()));
    }
  }

  private static byte[] question(String name) {
    ByteBuffer question = ByteBuffer.allocate(512);
    question.putShort((short) 7).putShort((short) 0x0100).putShort((short) 1);
    question.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    for (String label : name.split("\\.", -1)) {
      question.put((byte) label.length()).put(label.getBytes(US_ASCII));
    }
    question.put((byte) 0).putShort((short) SRV).putShort((short) 1);
    byte[] bytes = new byte[question.position()];
    question.flip().get(bytes);
    return bytes;
  }

  private static List<Integer> ports(ByteBuffer answer) {
    int records = answer.getShort(6);
    answer.position(12);
    skipName(answer);
    answer.position(answer.position() + 4);
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      skipName(answer);
      int type = answer.getShort();
      answer.position(answer.position() + 6);
      int length = answer.getShort();
      if (type == SRV) {
        ports.add(Short.toUnsignedInt(answer.getShort(answer.position() + 4)));
      }
      answer.position(answer.position() + length);
    }
    return ports;
  }

  private static void skipName(ByteBuffer answer) {
    int length = Byte.toUnsignedInt(answer.get());
    while (length > 0 && length < POINTER) {
      answer.position(answer.position() + length);
      length = Byte.toUnsignedInt(answer.get());
    }
    if (length >= POINTER) {
      answer.get();
    }
  }
}
