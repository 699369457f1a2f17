package io.actormesh.router.balance;

import io.actormesh.router.Endpoint;
import java.util.Optional;

/** Picks one endpoint of its set for one attempt. Thread-safe; allocates nothing that lives on. */
@FunctionalInterface
public interface Picker {

  /** An endpoint that takes new calls and has not been tried, or empty if there is none. */
  Optional<Endpoint> pick(Tried tried);
}
