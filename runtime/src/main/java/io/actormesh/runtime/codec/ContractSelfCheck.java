package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.CompositeShape;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.contract.Shape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes samples of all messages, replies and elements of a contract, so that a record
 * whose constructor or accessors do not give back what they were given is found at the start and
 * not by the first remote call. Samples that a constructor refuses prove nothing and are passed
 * over.
 */
public final class ContractSelfCheck {
  private static final int ROUNDS = 8;
  private static final int MAX_BYTES = 16 * 1024 * 1024;
  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

  private final PayloadCodec codec;
  private final List<String> findings = new ArrayList<>();

  private ContractSelfCheck(PayloadCodec codec) {
    this.codec = codec;
  }

  /**
   * Checks all operations.
   *
   * @return what is wrong, each with field and fix; empty if nothing is
   */
  public static List<String> check(ServiceContract<?> contract, PayloadCodec codec) {
    ContractSelfCheck check = new ContractSelfCheck(codec);
    contract.operations().forEach(operation -> check.operation(contract.name(), operation));
    return List.copyOf(check.findings);
  }

  private <C> void operation(String service, Operation<C> operation) {
    OperationCodec<C> tested = codec.of(operation);
    @Nullable ActorRef<?> replyTo = operation.oneWay() ? null : stubRef();
    // One finding a side is enough: later rounds would repeat it with other numbers.
    boolean requestSound = true;
    boolean replySound = true;
    boolean elementSound = true;
    boolean argumentSound = true;
    for (int round = 1; round <= ROUNDS; round++) {
      SampleValues samples = new SampleValues(round);
      String where = service + "/" + operation.name();
      requestSound = requestSound && request(where, operation, tested, samples, replyTo);
      replySound = replySound && reply(where, operation, tested, samples);
      elementSound =
          elementSound
              && element(
                  where + " reply element",
                  operation.replyElement(),
                  tested.replyElements(),
                  samples);
      argumentSound =
          argumentSound
              && element(
                  where + " argument element",
                  operation.argumentElement(),
                  tested.argumentElements(),
                  samples);
    }
  }

  private <C> boolean request(
      String where,
      Operation<C> operation,
      OperationCodec<C> tested,
      SampleValues samples,
      @Nullable ActorRef<?> replyTo) {
    Optional<C> sample =
        sample(() -> operation.create(samples.fields(operation.message()), replyTo));
    return sample.isEmpty()
        || roundTrip(
            where,
            operation.message(),
            sample.get(),
            value -> tested.encodeRequest(value, HEAP, MAX_BYTES),
            bytes -> tested.decodeRequest(bytes, replyTo));
  }

  private <C> boolean reply(
      String where, Operation<C> operation, OperationCodec<C> tested, SampleValues samples) {
    Optional<Object> sample =
        operation.reply().flatMap(shape -> sample(() -> samples.value(shape)));
    return sample.isEmpty()
        || roundTrip(
            where + " reply",
            operation.reply().orElseThrow(),
            sample.get(),
            value -> tested.encodeReply(value, HEAP, MAX_BYTES),
            tested::decodeReply);
  }

  private boolean element(
      String where, Optional<Shape> shape, ElementCodec tested, SampleValues samples) {
    Optional<Object> sample = shape.flatMap(present -> sample(() -> samples.value(present)));
    return sample.isEmpty()
        || roundTrip(
            where,
            shape.orElseThrow(),
            sample.get(),
            value -> tested.encode(value, HEAP, MAX_BYTES),
            tested::decode);
  }

  private static <T> Optional<T> sample(Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (RuntimeException refused) {
      return Optional.empty();
    }
  }

  private <T> boolean roundTrip(
      String where,
      Shape shape,
      T sample,
      Function<T, ByteBuf> encode,
      Function<ByteBuf, T> decode) {
    try {
      ByteBuf bytes = encode.apply(sample);
      T decoded = decode.apply(bytes);
      if (!encode.apply(decoded).equals(bytes)) {
        findings.add(
            where
                + ": "
                + changed(shape, sample, decoded)
                + " comes back changed from "
                + codec.name()
                + ". Fix: let constructor and accessor of the record keep the value as it is"
                + " given");
        return false;
      }
      return true;
    } catch (CodecException broken) {
      findings.add(
          where
              + ": "
              + broken.getMessage()
              + " (sent with "
              + codec.name()
              + "). Fix: let the record's constructor accept what its accessors return");
      return false;
    }
  }

  private static String changed(Shape shape, Object sample, Object decoded) {
    if (shape instanceof CompositeShape composite) {
      for (int i = 0; i < composite.components().size(); i++) {
        if (!Objects.deepEquals(composite.value(sample, i), composite.value(decoded, i))) {
          return "field " + composite.components().get(i).name();
        }
      }
    }
    return "the value";
  }

  /** A constructor may insist on a reply ref; nothing is ever sent to this one. */
  private static ActorRef<?> stubRef() {
    return (ActorRef<?>)
        Proxy.newProxyInstance(
            ActorRef.class.getClassLoader(),
            new Class<?>[] {ActorRef.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "toString" -> "self-check";
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> arguments != null && proxy == arguments[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
