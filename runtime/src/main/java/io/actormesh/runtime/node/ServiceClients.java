package io.actormesh.runtime.node;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.contract.ServiceContract;

/** Where a service that calls others gets their clients. */
@FunctionalInterface
public interface ServiceClients {

  /** The client of a service, wherever it runs; the same object each time. */
  <C> ServiceClient<C> client(ServiceContract<C> contract);
}
