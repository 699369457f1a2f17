package io.actormesh.membership;

/** Something that calls a listener until it is closed. Closing twice does nothing more. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  @Override
  void close();
}
