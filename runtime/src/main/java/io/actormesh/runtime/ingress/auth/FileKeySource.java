package io.actormesh.runtime.ingress.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A key set in a file.
 *
 * @param blocking where files are read
 */
record FileKeySource(Path file, Executor blocking) implements SignerKeySource {

  @Override
  public CompletionStage<byte[]> fetch() {
    return CompletableFuture.supplyAsync(this::read, blocking);
  }

  private byte[] read() {
    try {
      if (Files.size(file) > HttpKeySource.MAX_BYTES) {
        throw new IOException(file + " is too large for a key set");
      }
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
