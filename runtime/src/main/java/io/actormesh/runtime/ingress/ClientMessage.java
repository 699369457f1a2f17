package io.actormesh.runtime.ingress;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;

/** A message that came over a WebSocket, as a whole. */
final class ClientMessage {

  /** What has come. */
  enum Kind {
    TEXT,
    BINARY,
    TOO_LARGE,
    /** The connection ended before the message did; what reads messages is told so next. */
    BROKEN
  }

  private static final byte[] NOTHING = {};

  private final Kind kind;
  private final byte[] text;

  private ClientMessage(Kind kind, byte[] text) {
    this.kind = kind;
    this.text = text;
  }

  Kind kind() {
    return kind;
  }

  /** Its bytes; empty unless it is a text. */
  byte[] text() {
    return text;
  }

  /** Collects a message; what is too large is read no further than that is known. Never fails. */
  static CompletionStage<ClientMessage> read(Message message, int max, Materializer materializer) {
    if (!message.isText()) {
      message.asBinaryMessage().getStreamedData().runWith(Sink.cancelled(), materializer);
      return CompletableFuture.completedFuture(new ClientMessage(Kind.BINARY, NOTHING));
    }
    TextMessage text = message.asTextMessage();
    if (text.isStrict()) {
      return CompletableFuture.completedFuture(of(text.getStrictText(), max));
    }
    Collected collected = new Collected(max);
    return text.getStreamedText()
        .takeWhile(collected::add)
        .runWith(Sink.ignore(), materializer)
        .handle((done, failure) -> collected.message(failure != null));
  }

  /** The parts of a message, as far as they fit. */
  private static final class Collected {

    private final StringBuilder text = new StringBuilder();
    private final int max;
    private boolean tooLarge;

    Collected(int max) {
      this.max = max;
    }

    /**
     * Whether to go on. Not by a failure, which Pekko would take for one of the connection, and say
     * that the client is gone.
     */
    boolean add(String part) {
      // No text has fewer bytes than characters.
      tooLarge = (long) text.length() + part.length() > max;
      if (!tooLarge) {
        text.append(part);
      }
      return !tooLarge;
    }

    ClientMessage message(boolean failed) {
      if (tooLarge) {
        return new ClientMessage(Kind.TOO_LARGE, NOTHING);
      }
      return failed ? new ClientMessage(Kind.BROKEN, NOTHING) : of(text.toString(), max);
    }
  }

  private static ClientMessage of(String text, int max) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length > max
        ? new ClientMessage(Kind.TOO_LARGE, NOTHING)
        : new ClientMessage(Kind.TEXT, bytes);
  }
}
