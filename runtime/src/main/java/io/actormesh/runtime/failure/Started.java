package io.actormesh.runtime.failure;

/** Whether the work of a failed call was begun: the difference between "safe to repeat" and not. */
public enum Started {
  /** Provably not begun; repeating the call cannot do the work twice. */
  NO,
  /** Not known: it was sent, and nothing says whether it ran. */
  MAYBE,
  /** Begun, and perhaps finished. */
  YES
}
