package io.actormesh.router.balance;

import io.actormesh.router.Endpoint;

/** The endpoints that a call has been tried at, which are not to be picked again. */
@FunctionalInterface
public interface Tried {

  /** A call's first attempt. */
  Tried NONE = endpoint -> false;

  boolean contains(Endpoint endpoint);
}
