package io.actormesh.runtime.node;

import io.actormesh.runtime.client.Clients;
import io.actormesh.runtime.client.ServiceClient;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.external.ExternalClient;
import io.actormesh.runtime.external.Externals;

/** The clients that this node's services get. */
record NodeClients(Clients clients, Externals externals) implements ServiceClients {

  @Override
  public <C> ServiceClient<C> client(ServiceContract<C> contract) {
    return clients.client(contract);
  }

  @Override
  public ExternalClient external(String service) {
    return externals.client(service);
  }
}
