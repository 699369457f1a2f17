package io.actormesh.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One keep-alive connection to an HTTP server, as plain as curl's: nothing is ever sent twice. */
final class Http implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  Http(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** What the server answered. */
  record Answer(int status, Map<String, String> headers, String body) {

    /** Whether the server takes nothing more on this connection. */
    boolean closes() {
      return "close".equalsIgnoreCase(headers.get("connection"));
    }
  }

  static Answer post(URI uri, String body) throws IOException {
    try (Http connection = new Http(uri)) {
      return connection.send("POST", uri.getPath(), body);
    }
  }

  static String get(URI uri) throws IOException {
    try (Http connection = new Http(uri)) {
      return connection.send("GET", uri.getPath(), "").body();
    }
  }

  static JsonNode json(URI uri) throws IOException {
    return JSON.readTree(get(uri));
  }

  Answer post(String path, String body) throws IOException {
    return send("POST", path, body);
  }

  private Answer send(String method, String path, String body) throws IOException {
    byte[] content = body.getBytes(UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
            + content.length
            + "\r\n\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(UTF_8));
    request.writeBytes(content);
    socket.getOutputStream().write(request.toByteArray());
    return answer();
  }

  private Answer answer() throws IOException {
    int status = Integer.parseInt(line().split(" ", -1)[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Answer(status, headers, new String(content(headers), UTF_8));
  }

  private byte[] content(Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return chunks();
    }
    return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      all.writeBytes(in.readNBytes(size));
      line();
    }
    line();
    return all.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", -1)[0].strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The server closed the connection after '" + line + "'");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
