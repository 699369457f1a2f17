package io.actormesh.runtime.ingress.auth;

import java.util.concurrent.CompletionStage;

/** Where an issuer's key set comes from. */
@FunctionalInterface
interface SignerKeySource {

  /** Fetches it, in bounded time and size, without blocking; fails with any exception. */
  CompletionStage<byte[]> fetch();
}
