package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.Operation;

/** Kryo with serializers built from a contract's shapes: compact, evolvable, bounded. */
final class KryoCodec implements PayloadCodec {
  @Override
  public String name() {
    return "kryo";
  }

  @Override
  public <C> OperationCodec<C> of(Operation<C> operation) {
    return new KryoOperationCodec<>(operation);
  }
}
