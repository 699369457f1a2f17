package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** One end of a connection made by hand, to break the rules with. */
final class RawPeer implements AutoCloseable {

  private final Socket socket;
  private final DataInputStream in;
  private final FrameWriter writer = new FrameWriter(1);

  private RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  static RawPeer dial(int port) throws IOException {
    Socket socket = new Socket();
    // Small, so that what is not read stays with its sender.
    socket.setReceiveBufferSize(64 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new RawPeer(socket);
  }

  static RawPeer accept(ServerSocket listening) throws IOException {
    return new RawPeer(listening.accept());
  }

  /** A caller that has shaken hands with a node. */
  static RawPeer caller(NettyNode node) throws IOException {
    RawPeer peer = dial(node.transport().boundPort());
    LinkPeer called = node.peer();
    Hello hello =
        new Hello(1, 1, "test", "raw", "raw:1", 99, called.nodeAddress(), called.incarnation());
    peer.send((writer, out) -> writer.hello(out, hello));
    peer.expect(FrameType.HELLO);
    return peer;
  }

  /** A server that has shaken hands with the node that dialled it. */
  static RawPeer server(ServerSocket listening) throws IOException {
    RawPeer peer = accept(listening);
    peer.expect(FrameType.HELLO);
    peer.send((writer, out) -> writer.welcome(out, new Welcome(1, 100, 1 << 20, 1 << 20)));
    return peer;
  }

  /** Writes frames. */
  void send(Frames frames) throws IOException {
    ByteBuf out = Unpooled.buffer();
    frames.write(writer, out);
    socket.getOutputStream().write(ByteBufUtil.getBytes(out));
  }

  void send(int type, int flags, Consumer<ByteBuf> body) throws IOException {
    send(
        (writer, out) -> {
          int start = writer.begin(out, type, flags);
          body.accept(out);
          writer.end(out, start);
        });
  }

  void define(int number) throws IOException {
    send(
        FrameType.DEFINE,
        0,
        out -> {
          out.writeByte(SentDefinitions.OPERATION);
          Wire.writeNumber(out, number);
          for (String text : new String[] {"echo", "say", "text", "say(text)"}) {
            Wire.writeText(out, text);
          }
          out.writeBoolean(false);
        });
  }

  void call(long id, int operation, int flags, Consumer<ByteBuf> rest) throws IOException {
    send(
        FrameType.CALL,
        flags,
        out -> {
          out.writeLong(id);
          Wire.writeNumber(out, operation);
          Wire.writeNumber(out, 0);
          out.writeInt(-1);
          Wire.writeNumber(out, 20_000_000);
          Wire.writeNumber(out, 1);
          out.writeByte(2);
          rest.accept(out);
        });
  }

  /** Reads frames until one of a type comes, and returns its body. */
  ByteBuf expect(int type) throws IOException {
    while (true) {
      long header = in.readLong();
      byte[] body = in.readNBytes((int) header & 0xFFFFFF);
      if (((int) (header >>> 32) & 0xFF) == type) {
        return Unpooled.wrappedBuffer(body);
      }
    }
  }

  CloseReason expectClose() throws IOException {
    return CloseReason.ofNumber((int) Wire.readNumber(expect(FrameType.CLOSE)));
  }

  static FrameReader reader() {
    return new FrameReader(UnpooledByteBufAllocator.DEFAULT);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Writes some frames. */
  @FunctionalInterface
  interface Frames {
    void write(FrameWriter writer, ByteBuf out);
  }
}
