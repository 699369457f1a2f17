package io.actormesh.runtime.link;

import io.netty.channel.Channel;

/** One end of a connection, as its socket sees it. All calls come on the socket's loop. */
interface Connection extends FrameSink {

  /** The socket is connected. */
  void onActive(Channel channel);

  /** What had arrived has been handed on. */
  void onReadEnd();

  /** The socket was full, and takes more again. Never called from within a write. */
  void onWritable();

  /** The peer broke the protocol: tell it and close. */
  void onViolation(CloseReason reason, String detail);

  /** The socket is closed. */
  void onGone(String why);
}
