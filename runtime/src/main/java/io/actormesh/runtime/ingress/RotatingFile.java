package io.actormesh.runtime.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that makes room for another when it has grown: {@code file} becomes {@code
 * file.1}, that one {@code file.2}, and the oldest goes. Not thread-safe.
 */
final class RotatingFile implements AutoCloseable {

  private final Path file;
  private final long maxBytes;
  private final int maxFiles;
  private @Nullable OutputStream out;
  private long bytes;

  RotatingFile(Path file, long maxBytes, int maxFiles) {
    this.file = file;
    this.maxBytes = maxBytes;
    this.maxFiles = maxFiles;
  }

  /** Opens the file, to find out now whether it can be written; lines are added to what it has. */
  void open() throws IOException {
    var unused = stream();
  }

  /** Adds lines and hands them to the operating system. */
  void write(List<String> lines) throws IOException {
    try {
      for (String line : lines) {
        byte[] encoded = (line + "\n").getBytes(UTF_8);
        if (bytes > 0 && bytes + encoded.length > maxBytes) {
          rotate();
        }
        stream().write(encoded);
        bytes += encoded.length;
      }
      stream().flush();
    } catch (IOException failed) {
      forget();
      throw failed;
    }
  }

  private OutputStream stream() throws IOException {
    OutputStream open = out;
    if (open == null) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      open = new BufferedOutputStream(Files.newOutputStream(file, CREATE, APPEND), 1 << 16);
      bytes = Files.size(file);
      out = open;
    }
    return open;
  }

  private void rotate() throws IOException {
    close();
    for (int number = maxFiles - 1; number >= 1; number--) {
      Path older = number == 1 ? file : numbered(number - 1);
      if (Files.exists(older)) {
        Files.move(older, numbered(number), REPLACE_EXISTING);
      }
    }
    if (maxFiles == 1) {
      Files.deleteIfExists(file);
    }
    var unused = stream();
  }

  private Path numbered(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  /** After a failure the file is opened anew; what its buffer held is lost with it. */
  private void forget() {
    try {
      close();
    } catch (IOException again) {
      out = null;
    }
  }

  @Override
  public void close() throws IOException {
    OutputStream open = out;
    out = null;
    if (open != null) {
      open.close();
    }
  }
}
