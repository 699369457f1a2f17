package io.actormesh.runtime.client;

import io.actormesh.router.Endpoint;
import io.actormesh.runtime.call.Ticker;
import io.actormesh.runtime.codec.CodecException;
import io.actormesh.runtime.failure.FailureCode;
import io.actormesh.runtime.failure.Started;
import io.actormesh.runtime.link.Link;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Picks an endpoint and gives the call to its link. */
final class AttemptLayer implements Layer {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Ticker ticker;
  private final Function<Endpoint, Link> links;
  private final ByteBufAllocator buffers;
  private final FailoverLayer failover;

  AttemptLayer(
      Ticker ticker,
      Function<Endpoint, Link> links,
      ByteBufAllocator buffers,
      FailoverLayer failover) {
    this.ticker = ticker;
    this.links = links;
    this.buffers = buffers;
    this.failover = failover;
  }

  @Override
  public void enter(Call<?> call, Onward onward) {
    Optional<Endpoint> picked = call.target.route().picker().pick(call);
    if (picked.isPresent()) {
      send(call, picked.get());
    } else if (call.target.moving().awaits(call)) {
      call.target.moving().add(call, waited -> enter(waited, onward));
    } else {
      endWithoutEndpoint(call);
    }
  }

  private <C> void send(Call<C> call, Endpoint endpoint) {
    try {
      if (!endpoint.info().local()) {
        call.encode(buffers);
      }
    } catch (CodecException unsendable) {
      boolean tooLarge = unsendable.problem() == CodecException.Problem.TOO_LARGE;
      FailureCode code = tooLarge ? FailureCode.TOO_LARGE : FailureCode.NOT_SERIALIZABLE;
      call.fail(code, Started.NO, String.valueOf(unsendable.getMessage()), null);
      return;
    }
    Link link = links.apply(endpoint);
    CallAttempt<C> attempt = new CallAttempt<>(call, endpoint, link, ticker, failover);
    if (!attempt.begin()) {
      return;
    }
    link.send(attempt);
    if (call.ended()) {
      // Cancelled while it was being sent: the canceller may have missed this attempt.
      link.recall(attempt);
    }
  }

  /** Nobody is left to try: the last attempt's failure says more than "no route". */
  private static void endWithoutEndpoint(Call<?> call) {
    AttemptFailure last = call.lastFailure();
    if (last != null) {
      call.fail(last.toFailure(call));
    } else {
      call.fail(FailureCode.NO_ROUTE, Started.NO, describe(call), RETRY_AFTER);
    }
  }

  private static String describe(Call<?> call) {
    List<Endpoint> known = call.target.route().endpoints().endpoints();
    if (known.isEmpty()) {
      return "No node of the mesh hosts the service.";
    }
    return "None of its "
        + known.size()
        + " endpoints takes calls: "
        + known.stream()
            .map(endpoint -> endpoint.label() + " (" + endpoint.exclusion() + ")")
            .collect(Collectors.joining(", "))
        + ".";
  }
}
