package io.actormesh.runtime.client;

/**
 * One step of a call's way through the caller's node. Layers are made once per node; what belongs
 * to a single call lives in the {@link Call}.
 */
interface Layer {

  /**
   * Takes a call: passes it on with {@code path.next(this, call)}, or ends it with {@code
   * call.fail}. Runs on the caller's thread; a repeated attempt enters the inner layers on the
   * thread that learned of the failure. Must not block.
   */
  void enter(Call<?> call, Onward onward);

  /**
   * Sees the end of a call that this layer has passed on; inner layers see it before outer ones.
   */
  default void leave(Call<?> call) {}

  /** What lies further in. */
  @FunctionalInterface
  interface Onward {
    void pass(Call<?> call);
  }
}
