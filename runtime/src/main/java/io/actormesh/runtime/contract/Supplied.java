package io.actormesh.runtime.contract;

/**
 * The components of a message that never travel in it and are supplied where it is made: the reply
 * ref, and the stream that is its argument.
 *
 * @param reply position of the reply ref, or {@link #NONE}
 * @param argument position of the streamed argument, or {@link #NONE}
 */
record Supplied(int reply, int argument) {
  static final int NONE = -1;

  /** Of a record that is no message. */
  static final Supplied NOTHING = new Supplied(NONE, NONE);

  boolean contains(int index) {
    return index == reply || index == argument;
  }

  int count() {
    return (reply == NONE ? 0 : 1) + (argument == NONE ? 0 : 1);
  }
}
