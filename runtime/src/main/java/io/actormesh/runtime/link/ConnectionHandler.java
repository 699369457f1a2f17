package io.actormesh.runtime.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects a socket's events to one end of a connection. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

  private final Connection connection;
  private final LinkObserver observer;
  private final FrameReader reader;
  private String whyGone = "the peer closed the connection";
  private boolean broken;
  private long bytes;

  ConnectionHandler(
      Connection connection, LinkObserver observer, io.netty.buffer.ByteBufAllocator allocator) {
    this.connection = connection;
    this.observer = observer;
    this.reader = new FrameReader(allocator);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connection.onActive(context.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf arrived = (ByteBuf) message;
    if (broken) {
      arrived.release();
      return;
    }
    bytes += arrived.readableBytes();
    try {
      reader.feed(arrived, connection);
    } catch (LinkProtocolException violation) {
      broken = true;
      connection.onViolation(violation.reason(), violation.detail());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    observer.onRead(bytes, reader.takeFrameCount());
    bytes = 0;
    connection.onReadEnd();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    // Later: the socket may say so in the midst of a write.
    if (context.channel().isWritable()) {
      context.executor().execute(connection::onWritable);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    broken = true;
    reader.close();
    connection.onGone(whyGone);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    reader.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    if (root instanceof RuntimeException || root instanceof Error) {
      LOG.error("A link's connection is closed because of a defect", root);
    }
    whyGone = String.valueOf(root.getMessage() == null ? root : root.getMessage());
    var unused = context.close();
  }
}
