package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.Operation;

/** A way to turn messages into bytes. Thread-safe. */
public interface PayloadCodec {

  /** Its name in policies and in the link's handshake: {@code cbor} or {@code kryo}. */
  String name();

  /**
   * The codec of one operation. Building it costs more than a call: make it once and keep it.
   *
   * @param <C> the service's protocol
   */
  <C> OperationCodec<C> of(Operation<C> operation);
}
