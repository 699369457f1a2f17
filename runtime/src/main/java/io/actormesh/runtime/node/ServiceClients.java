package io.actormesh.runtime.node;

import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.external.ExternalClient;

/** Where a service that calls others gets their clients. */
public interface ServiceClients {

  /** The client of a service, wherever it runs; the same object each time. */
  <C> ServiceClient<C> client(ServiceContract<C> contract);

  /**
   * The client of a service outside of the mesh, which is called over HTTP; the same object each
   * time.
   *
   * @param service its name in {@code actormesh.external}; one that is not there is looked up by
   *     that name, with the defaults
   */
  ExternalClient external(String service);
}
