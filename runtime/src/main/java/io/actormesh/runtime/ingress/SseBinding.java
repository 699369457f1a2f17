package io.actormesh.runtime.ingress;

import io.actormesh.runtime.contract.CompositeShape.Component;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.contract.Shape;
import java.util.List;
import java.util.Optional;

/** Checks what is said about a stream's events, and reports what does not fit. */
final class SseBinding<C> {

  private final ServiceContract<C> contract;
  private final RouteFindings findings;

  SseBinding(ServiceContract<C> contract, RouteFindings findings) {
    this.contract = contract;
    this.findings = findings;
  }

  /** The operation that it is said about, or empty if something is wrong. */
  Optional<Operation<C>> bind(Class<? extends C> message, SseEvents said) {
    int before = findings.count();
    Optional<Operation<C>> operation = new RouteBinding<>(contract, findings).operationOf(message);
    operation.ifPresent(known -> check(known, said));
    return findings.count() == before ? operation : Optional.empty();
  }

  private void check(Operation<C> operation, SseEvents said) {
    Optional<Shape> element = operation.replyElement();
    if (element.isEmpty()) {
      findings.add(
          operation.messageType().getSimpleName() + " does not reply a stream",
          "reply an ActorRef<Source<T, NotUsed>>, or leave the events away");
      return;
    }
    said.idComponent().ifPresent(name -> checkElement(element.get(), name, "id"));
    said.eventComponent().ifPresent(name -> checkElement(element.get(), name, "event"));
    said.lastEventIdComponent().ifPresent(name -> checkMessage(operation, name));
  }

  private void checkElement(Shape element, String name, String what) {
    if (ElementText.of(element, name).isEmpty()) {
      findings.add(
          what + " '" + name + "' is no single value of the stream's elements",
          "name a component of "
              + element.rawType().getSimpleName()
              + " that is text, a number"
              + " or an enum");
    }
  }

  private void checkMessage(Operation<C> operation, String name) {
    List<Component> components = operation.message().components();
    boolean fits =
        components.stream().anyMatch(c -> c.name().equals(name) && RouteBinding.isText(c.shape()));
    if (!fits) {
      findings.add(
          "lastEventId '" + name + "' is no single value of the message",
          "name a component of " + operation.messageType().getSimpleName());
    }
  }
}
