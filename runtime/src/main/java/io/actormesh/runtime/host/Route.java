package io.actormesh.runtime.host;

import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.LoadReport;
import io.actormesh.runtime.link.Refusal;

/** What is done with the calls of one operation key: the contract check, made once. */
sealed interface Route {

  void take(InboundCall call);

  /** The key is of no use here, and why. */
  record Refused(Refusal refusal, HostObserver observer) implements Route {
    @Override
    public void take(InboundCall call) {
      observer.refused(call.key().service(), refusal.reason());
      Refusals.refuse(call, refusal, LoadReport.NONE);
    }
  }

  /** The key names an operation of a service that is served here. */
  record Served<C>(ServedService<C> service, OperationBinding<C> operation) implements Route {
    @Override
    public void take(InboundCall call) {
      service.take(call, operation);
    }
  }
}
