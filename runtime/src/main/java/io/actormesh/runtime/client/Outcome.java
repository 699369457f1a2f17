package io.actormesh.runtime.client;

import io.actormesh.runtime.failure.MeshFailure;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended: with a reply or with a failure.
 *
 * @param reply the reply, null if it failed
 * @param failure the failure, null if there is a reply
 */
record Outcome(@Nullable Object reply, @Nullable MeshFailure failure) {

  static Outcome replied(Object reply) {
    return new Outcome(reply, null);
  }

  static Outcome failed(MeshFailure failure) {
    return new Outcome(null, failure);
  }
}
