package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Examples of messages, replies and elements as JSON. Each has been read back, so that it is one
 * that the front door takes; a record whose constructor refuses every sample has none. Not on any
 * request's way. Thread-safe.
 */
public final class JsonSamples {
  /** Small numbers first; a constructor may ask for larger ones. */
  private static final int[] ROUNDS = {1, 2, 3, 4, 5, 6, 7, 8, 20, 60, 100, 1000};

  private final JsonMessages json = new JsonMessages();

  /** Knows nothing; makes what it is asked for. */
  public JsonSamples() {}

  /** A message without reply ref and streamed argument. */
  public <C> Optional<byte[]> message(Operation<C> operation) {
    return first(round -> message(operation, new SampleValues(round)));
  }

  /** A value of this shape, as replies and elements of streams have it. */
  public Optional<byte[]> value(Shape shape) {
    return first(round -> JsonMessages.sample(shape, new SampleValues(round).value(shape)));
  }

  private <C> byte[] message(Operation<C> operation, SampleValues samples) {
    byte[] written =
        json.writeMessage(operation, operation.create(samples.fields(operation.message()), null));
    json.read(operation, written, Map.of());
    return written;
  }

  private interface Round {
    byte[] of(int number);
  }

  private static Optional<byte[]> first(Round samples) {
    return IntStream.of(ROUNDS)
        .mapToObj(round -> attempt(() -> samples.of(round)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<byte[]> attempt(Supplier<byte[]> made) {
    try {
      return Optional.of(made.get());
    } catch (RuntimeException refused) {
      // A constructor has the last word on its values; other samples may please it.
      return Optional.empty();
    }
  }
}
