package io.actormesh.runtime.link;

/**
 * The kinds of frames. Every frame starts with eight bytes: magic (2), protocol version (1), type
 * (1), flags (1), length of the body (3). A type that the reader does not know is skipped if its
 * flag {@link #OPTIONAL} is set and ends the connection otherwise, so that later versions can add
 * both.
 */
final class FrameType {

  static final int MAGIC = 0xAC7E;
  static final int HEADER_BYTES = 8;

  /** The longest body: above any chunk, and above the longest schema that DEFINE may carry. */
  static final int MAX_BODY_BYTES = 1 << 20;

  /** The range of versions that this code speaks. */
  static final int OLDEST_VERSION = 1;

  static final int NEWEST_VERSION = 1;

  /** Who I am, whom I expect, which versions I speak; the server's answer ends the handshake. */
  static final int HELLO = 1;

  /** Binds a number to an operation or to a caller's name. */
  static final int DEFINE = 2;

  static final int CALL = 3;

  /** The next part of the payload of a call (from the caller) or of a reply (from the server). */
  static final int CHUNK = 4;

  static final int REPLY = 5;
  static final int REFUSE = 6;
  static final int RECALL = 7;

  /** One-way calls that the server has taken responsibility for. */
  static final int ACCEPTED = 8;

  /** More calls and bytes may be sent. */
  static final int CREDIT = 9;

  static final int PING = 10;
  static final int PONG = 11;

  /** Calls above an id will not be served on this connection. */
  static final int GOAWAY = 12;

  /** The last frame of a connection: why it is closed. */
  static final int CLOSE = 13;

  /** More elements and bytes of a stream may be sent; from its reader. */
  static final int STREAM_DEMAND = 32;

  /** Some whole elements of a stream. */
  static final int STREAM_ITEMS = 33;

  /** A part of a large element. */
  static final int STREAM_PART = 34;

  /** The last frame of a stream's writer: whether it completed, or why not. */
  static final int STREAM_END = 35;

  /** The last frame of a stream's reader: why it wants no more. */
  static final int STREAM_CANCEL = 36;

  /** 32 to 47 belong to streams. */
  static final int LAST_STREAM_TYPE = 47;

  /** Flag of CALL, CHUNK, REPLY, STREAM_PART: more of the payload follows in CHUNK frames. */
  static final int MORE = 0x01;

  /** Flag of CALL: a trace context stands before the payload. */
  static final int TRACED = 0x02;

  /** Flag of REPLY: the payload is the text of the service's own error. */
  static final int ERROR = 0x04;

  /** Flag of CALL: the identity on whose behalf the call is made stands before the payload. */
  static final int IDENTIFIED = 0x08;

  /** Flag of STREAM_PART: the first part, after the size of the whole element. */
  static final int FIRST = 0x10;

  /** Flag of CALL: its argument is a stream. Of REPLY: the reply is one. */
  static final int STREAM = 0x20;

  /** Flag of any frame: whoever does not know its type skips it. */
  static final int OPTIONAL = 0x80;

  private FrameType() {}
}
