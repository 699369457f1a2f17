package io.actormesh.runtime.contract;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the operations of a protocol, and notes all that is wrong on the way. */
final class ProtocolReader<C> {
  private final Class<C> protocol;
  private final Map<Class<?>, OperationBuilder> settings;
  private final Set<Class<?>> internal;
  private final Findings findings;
  private final ShapeReader shapes;
  private final StreamReader streams;
  private final ReplyReader replies;

  ProtocolReader(
      Class<C> protocol,
      Map<Class<?>, OperationBuilder> settings,
      Set<Class<?>> internal,
      Findings findings) {
    this.protocol = protocol;
    this.settings = settings;
    this.internal = internal;
    this.findings = findings;
    this.shapes = new ShapeReader(findings);
    this.streams = new StreamReader(shapes, findings);
    this.replies = new ReplyReader(shapes, streams, findings);
  }

  List<Operation<C>> read() {
    if (!(protocol.isInterface() && protocol.isSealed())) {
      findings.add(
          protocol.getSimpleName(),
          "it is not a sealed interface",
          "declare `sealed interface "
              + protocol.getSimpleName()
              + "` and let records implement it");
      return List.of();
    }
    Set<Class<?>> messages = new LinkedHashSet<>();
    collect(protocol, messages);
    checkSettings(messages);
    List<Operation<C>> operations = new ArrayList<>();
    for (Class<?> message : messages) {
      operation(message).ifPresent(operations::add);
    }
    shapes.checkRecursion();
    checkNames(operations);
    if (messages.isEmpty()) {
      findings.add(
          protocol.getSimpleName(),
          "it has no operation",
          "let a record implement it that callers send");
    }
    return operations;
  }

  private void collect(Class<?> sealed, Set<Class<?>> messages) {
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (isInternal(permitted)) {
        continue;
      }
      if (permitted.isInterface() && permitted.isSealed()) {
        collect(permitted, messages);
      } else if (permitted.isRecord()) {
        messages.add(permitted);
      } else {
        refuse(permitted);
      }
    }
  }

  private boolean isInternal(Class<?> permitted) {
    return internal.contains(permitted)
        || (permitted.isInterface() && permitted.getSimpleName().equals("Internal"));
  }

  private void refuse(Class<?> permitted) {
    String name = permitted.getSimpleName();
    findings.add(
        name,
        permitted.isInterface() ? "it is an interface that is not sealed" : "it is not a record",
        (permitted.isInterface() ? "seal it" : "make it a record")
            + ", or, if no other service sends it, declare it with .internal("
            + name
            + ".class) or nest it under `sealed interface Internal`");
  }

  private Optional<Operation<C>> operation(Class<?> type) {
    Class<? extends C> message = type.asSubclass(protocol);
    OperationSettings chosen =
        settings.getOrDefault(message, new OperationBuilder()).settingsFor(message, findings);
    if (!isDeclaredWell(message)) {
      return Optional.empty();
    }
    Supplied supplied = new Supplied(replies.indexIn(message), streams.indexIn(message));
    Optional<Operation.Reply> reply = replies.read(message, supplied.reply());
    Optional<Operation.Argument> argument = streams.readArgument(message, supplied);
    CompositeShape shape = shapes.readMessage(message, supplied);
    return reply.map(answered -> new Operation<>(message, shape, answered, argument, chosen));
  }

  private boolean isDeclaredWell(Class<?> message) {
    String name = message.getSimpleName();
    if (Modifier.isPrivate(message.getModifiers())) {
      findings.add(
          name,
          "it is private, so no caller can send it",
          "make it public, or declare it with .internal(" + name + ".class)");
    }
    if (message.getTypeParameters().length > 0) {
      findings.add(name, "a message with type parameters", "name the types of its components");
      return false;
    }
    return true;
  }

  private void checkSettings(Set<Class<?>> messages) {
    for (Class<?> configured : settings.keySet()) {
      if (!messages.contains(configured)) {
        findings.add(
            configured.getSimpleName(),
            "it has settings but is no operation of " + protocol.getSimpleName(),
            "remove operation(" + configured.getSimpleName() + ".class, …)");
      }
    }
  }

  private void checkNames(List<Operation<C>> operations) {
    Map<String, Operation<C>> byName = new HashMap<>();
    for (Operation<C> operation : operations) {
      @Nullable Operation<C> other = byName.put(operation.name(), operation);
      if (other != null) {
        String name = operation.messageType().getSimpleName();
        findings.add(
            name,
            "its operation name '"
                + operation.name()
                + "' is also that of "
                + other.messageType().getName(),
            "name one of them with operation(" + name + ".class, op -> op.named(\"…\"))");
      }
    }
  }
}
