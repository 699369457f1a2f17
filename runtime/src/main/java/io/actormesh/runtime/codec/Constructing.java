package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.Operation;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** Makes a message of what was read; the record's own constructor may refuse it. */
final class Constructing {
  private Constructing() {}

  static <C> C message(
      Operation<C> operation,
      @Nullable Object[] fields,
      @Nullable ActorRef<?> replyTo,
      @Nullable Source<?, NotUsed> argument) {
    try {
      return argument == null
          ? operation.create(fields, replyTo)
          : operation.create(fields, replyTo, argument);
    } catch (RuntimeException refused) {
      throw JacksonRecord.refusedBy(operation.message(), refused).toCodecException();
    }
  }
}
