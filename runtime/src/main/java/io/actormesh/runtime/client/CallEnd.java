package io.actormesh.runtime.client;

/**
 * Who is told how a call ended: once, on the thread that ended it, after all layers have seen it.
 */
@FunctionalInterface
interface CallEnd<C> {
  void ended(Call<C> call, Outcome outcome);
}
