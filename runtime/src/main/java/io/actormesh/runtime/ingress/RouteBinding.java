package io.actormesh.runtime.ingress;

import io.actormesh.runtime.contract.CompositeShape.Component;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.contract.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Binds a route's parameters to the components of its message, and reports what does not fit. */
final class RouteBinding<C> {

  private final ServiceContract<C> contract;
  private final RouteFindings findings;

  RouteBinding(ServiceContract<C> contract, RouteFindings findings) {
    this.contract = contract;
    this.findings = findings;
  }

  /** The route, or empty if something is wrong with it. */
  Optional<Route<C>> bind(RouteMethod method, String text, Class<? extends C> message) {
    int before = findings.count();
    RouteTemplate template = RouteTemplate.parse(text, findings);
    Optional<Operation<C>> operation = operationOf(message);
    List<String> query = operation.map(o -> query(method, template, o)).orElse(List.of());
    operation.ifPresent(o -> check(method, template, o, query));
    return findings.count() == before
        ? operation.map(o -> new Route<>(method, template, contract, o, query))
        : Optional.empty();
  }

  Optional<Operation<C>> operationOf(Class<? extends C> message) {
    Optional<Operation<C>> operation =
        contract.operations().stream().filter(o -> o.messageType() == message).findFirst();
    if (operation.isEmpty()) {
      findings.add(
          message.getSimpleName() + " is no operation of " + contract.name(),
          "use one of "
              + contract.operations().stream()
                  .map(o -> o.messageType().getSimpleName())
                  .collect(Collectors.joining(", ")));
    }
    return operation;
  }

  /**
   * A method without a body takes from the query what its path does not bind, and so does an
   * operation whose body is a stream.
   */
  static <C> List<String> query(
      RouteMethod method, RouteTemplate template, Operation<C> operation) {
    if (method.takesBody() && !operation.streamsArgument()) {
      return template.query();
    }
    Set<String> inPath = new HashSet<>(template.parameters());
    List<String> query = new ArrayList<>(template.query());
    for (Component component : operation.message().components()) {
      if (!inPath.contains(component.name()) && !query.contains(component.name())) {
        query.add(component.name());
      }
    }
    return query;
  }

  private void check(
      RouteMethod method, RouteTemplate template, Operation<C> operation, List<String> query) {
    List<Component> components = operation.message().components();
    Set<String> bound = new HashSet<>();
    template.parameters().forEach(name -> checkParameter(name, "path", operation, components));
    bound.addAll(template.parameters());
    for (String name : query) {
      if (bound.contains(name)) {
        findings.add(
            "component '" + name + "' is bound by the path and by the query", "bind it once");
      } else {
        checkParameter(name, "query", operation, components);
      }
    }
    if (!method.takesBody() && operation.streamsArgument()) {
      findings.add(
          "the operation takes a stream, and a " + method + " has no body to bring it in",
          "use post, put or patch");
    }
    if (method == RouteMethod.GET && operation.oneWay()) {
      findings.add(
          "a one-way operation answers nothing, so there is nothing to get",
          "use post, put, patch or delete");
    }
  }

  private void checkParameter(
      String name, String place, Operation<C> operation, List<Component> components) {
    Optional<Component> component =
        components.stream().filter(c -> c.name().equals(name)).findFirst();
    if (component.isEmpty()) {
      findings.add(
          place + " parameter '" + name + "' is no component of " + simpleName(operation),
          "use one of "
              + components.stream()
                  .map(Component::name)
                  .collect(Collectors.joining(", ", "[", "]")));
    } else if (!fits(component.get().shape(), place)) {
      findings.add(
          "component '"
              + name
              + "' ("
              + component.get().type().getTypeName()
              + ") does not fit into the "
              + place,
          "send it in the body of a post, put or patch route, or make it a single value");
    }
  }

  private static String simpleName(Operation<?> operation) {
    return operation.messageType().getSimpleName();
  }

  /** A query parameter may be repeated, for a list or a set. */
  private static boolean fits(Shape shape, String place) {
    if (place.equals("query") && shape instanceof Shape.Items items) {
      return isText(items.element());
    }
    return isText(shape);
  }

  /** Whether one piece of text can stand for a value of the shape. */
  static boolean isText(Shape shape) {
    if (shape instanceof Shape.Maybe maybe) {
      return isText(maybe.value());
    }
    return shape instanceof Shape.Constants
        || (shape instanceof Shape.Scalar scalar && !scalar.rawType().isArray());
  }
}
