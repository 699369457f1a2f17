package io.actormesh.membership.cluster;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A name server on loopback that knows SRV and A records, without a time to live (RFC 1035, 2782).
 */
final class DnsServer implements AutoCloseable {

  private static final int A = 1;
  private static final int SRV = 33;
  private static final int ANSWER = 0x8400;
  private static final int NO_SUCH_NAME = 3;
  private static final int MAX_PACKET = 512;

  private final DatagramSocket socket;
  private final Thread thread = new Thread(this::serve, "dns-server");
  private final Map<String, List<Target>> services = new ConcurrentHashMap<>();
  private final Map<String, List<InetAddress>> addresses = new ConcurrentHashMap<>();

  private record Target(String host, int port) {}

  private DnsServer(DatagramSocket socket) {
    this.socket = socket;
  }

  static DnsServer start() throws IOException {
    DnsServer server =
        new DnsServer(
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    server.thread.setDaemon(true);
    server.thread.start();
    return server;
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** One more SRV record of the name. */
  void service(String name, String host, int port) {
    services
        .computeIfAbsent(name, none -> new CopyOnWriteArrayList<>())
        .add(new Target(host, port));
  }

  /** One more A record of the name. */
  void address(String name, String address) throws IOException {
    addresses
        .computeIfAbsent(name, none -> new CopyOnWriteArrayList<>())
        .add(InetAddress.getByAddress(octets(address)));
  }

  private static byte[] octets(String address) {
    byte[] octets = new byte[4];
    String[] parts = address.split("\\.", -1);
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) Integer.parseInt(parts[i]);
    }
    return octets;
  }

  @Override
  public void close() {
    socket.close();
  }

  private void serve() {
    byte[] buffer = new byte[MAX_PACKET];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException closed) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(closed);
        }
      }
    }
  }

  private byte[] answer(ByteBuffer query) throws IOException {
    short id = query.getShort();
    query.position(12);
    String name = name(query);
    int type = query.getShort();
    List<Target> targets = type == SRV ? services.getOrDefault(name, List.of()) : List.of();
    List<InetAddress> hosts = type == A ? addresses.getOrDefault(name, List.of()) : List.of();
    boolean known = services.containsKey(name) || addresses.containsKey(name);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(id);
    out.writeShort(known ? ANSWER : ANSWER | NO_SUCH_NAME);
    out.writeShort(1);
    out.writeShort(targets.size() + hosts.size());
    out.writeInt(0);
    writeName(out, name);
    out.writeShort(type);
    out.writeShort(1);
    for (Target target : targets) {
      writeService(out, name, target);
    }
    for (InetAddress host : hosts) {
      writeRecord(out, name, A, host.getAddress());
    }
    return bytes.toByteArray();
  }

  private static void writeService(DataOutputStream out, String name, Target target)
      throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(data);
    fields.writeShort(0);
    fields.writeShort(0);
    fields.writeShort(target.port());
    writeName(fields, target.host());
    writeRecord(out, name, SRV, data.toByteArray());
  }

  private static void writeRecord(DataOutputStream out, String name, int type, byte[] data)
      throws IOException {
    writeName(out, name);
    out.writeShort(type);
    out.writeShort(1);
    out.writeInt(0);
    out.writeShort(data.length);
    out.write(data);
  }

  private static void writeName(DataOutputStream out, String name) throws IOException {
    for (String label : name.split("\\.", -1)) {
      byte[] text = label.getBytes(StandardCharsets.US_ASCII);
      out.writeByte(text.length);
      out.write(text);
    }
    out.writeByte(0);
  }

  private static String name(ByteBuffer query) {
    StringBuilder name = new StringBuilder();
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }
}
