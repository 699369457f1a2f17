package io.actormesh.runtime.ingress;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A client that keeps what it hears. */
final class WebSocketClient implements WebSocket.Listener {

  final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  final WebSocket socket;
  private final StringBuilder part = new StringBuilder();
  private final boolean reading;

  private WebSocketClient(WebSocket.Builder builder, URI uri, boolean reading) throws Exception {
    this.reading = reading;
    socket = builder.buildAsync(uri, this).get(20, SECONDS);
  }

  static WebSocketClient open(IngressFixture door, String path) throws Exception {
    return new WebSocketClient(builder(door.client), uri("ws", door, path), true);
  }

  static WebSocketClient open(IngressFixture door, String path, String header, String value)
      throws Exception {
    return new WebSocketClient(
        builder(door.client).header(header, value), uri("ws", door, path), true);
  }

  /** One over TLS. */
  static WebSocketClient secure(HttpClient client, IngressFixture door, String path)
      throws Exception {
    return new WebSocketClient(builder(client), uri("wss", door, path), true);
  }

  private static URI uri(String scheme, IngressFixture door, String path) {
    return URI.create(scheme + "://127.0.0.1:" + door.ingress.port() + path);
  }

  /** One that reads what it is told to, by {@link #read}. */
  static WebSocketClient slow(IngressFixture door, String path) throws Exception {
    return new WebSocketClient(builder(door.client), uri("ws", door, path), false);
  }

  private static WebSocket.Builder builder(HttpClient client) {
    return client.newWebSocketBuilder().header("X-Request-Id", "r1");
  }

  void read(long messages) {
    socket.request(messages);
  }

  void send(String text) throws Exception {
    socket.sendText(text, true).get(20, SECONDS);
  }

  String next() throws Exception {
    String text = texts.poll(20, SECONDS);
    if (text == null) {
      throw new AssertionError("no message in time");
    }
    return text;
  }

  int close() throws Exception {
    return closed.get(20, SECONDS);
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (reading) {
      opened.request(Long.MAX_VALUE);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      texts.add(part.toString());
      part.setLength(0);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.complete(status);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }
}
