package io.actormesh.samples.storefront;

import io.actormesh.samples.storefront.Orders.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What has happened to all orders of the shop, in one file that every node of this machine appends
 * to and reads: it outlives any of them. A real shop has a table for it in its database, or a topic
 * of its message broker; what follows from it is the same. Not thread-safe.
 */
final class OrderLog implements AutoCloseable {

  /** Something that happened to an order. */
  record Entry(String orderId, Step step, String note) {

    /** Fields are encoded, so that none of them can hold what ends a field or a line. */
    private ByteBuffer line() {
      String line = encoded(orderId) + ' ' + step + ' ' + encoded(note) + '\n';
      return ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
    }

    private static Entry of(String line) {
      String[] fields = line.split(" ", 3);
      return new Entry(decoded(fields[0]), Step.valueOf(fields[1]), decoded(fields[2]));
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
  }

  private final FileChannel reader;
  private final FileChannel writer;
  private long position;

  OrderLog(Path file) {
    try {
      writer =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      reader = FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the log of orders", e);
    }
  }

  /** One write of so few bytes is whole, and stays when the process is killed. */
  void append(Entry entry) {
    try {
      writer.write(entry.line());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the log of orders", e);
    }
  }

  /** What was appended by anybody since the last time, in the order that all nodes see. */
  List<Entry> read() {
    try {
      ByteBuffer unread = ByteBuffer.allocate(Math.toIntExact(reader.size() - position));
      reader.read(unread, position);
      String text = new String(unread.array(), 0, unread.position(), StandardCharsets.US_ASCII);
      int whole = text.lastIndexOf('\n') + 1;
      position += whole;
      return text.substring(0, whole).lines().map(Entry::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the log of orders", e);
    }
  }

  @Override
  public void close() {
    try (reader;
        writer) {
      position = 0;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the log of orders", e);
    }
  }
}
