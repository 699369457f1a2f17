package io.actormesh.runtime.contract;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation of a message by its exact class: an open-addressed table over identity, at
 * most half full, read without locks. It is asked once per call.
 */
final class OperationTable<C> {
  private final String service;
  private final @Nullable Class<?>[] classes;
  private final List<@Nullable Operation<C>> operations;
  private final int mask;

  OperationTable(String service, List<Operation<C>> all) {
    this.service = service;
    int size = Integer.highestOneBit(Math.max(1, all.size() * 2 - 1)) * 2;
    this.mask = size - 1;
    this.classes = new @Nullable Class<?>[size];
    @Nullable Operation<C>[] slots = newSlots(size);
    for (Operation<C> operation : all) {
      int slot = free(operation.messageType());
      classes[slot] = operation.messageType();
      slots[slot] = operation;
    }
    this.operations = java.util.Arrays.asList(slots);
  }

  Operation<C> of(Object message) {
    Class<?> type = message.getClass();
    for (int slot = type.hashCode() & mask; ; slot = (slot + 1) & mask) {
      @Nullable Class<?> candidate = classes[slot];
      if (candidate == type) {
        return at(slot);
      }
      if (candidate == null) {
        throw unknown(type);
      }
    }
  }

  private Operation<C> at(int slot) {
    return java.util.Objects.requireNonNull(operations.get(slot));
  }

  private int free(Class<?> type) {
    int slot = type.hashCode() & mask;
    while (classes[slot] != null) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // generic arrays cannot be made otherwise
  private static <C> @Nullable Operation<C>[] newSlots(int size) {
    return new Operation[size];
  }

  private IllegalArgumentException unknown(Class<?> type) {
    String known =
        operations.stream()
            .filter(java.util.Objects::nonNull)
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "message: "
            + type.getName()
            + " (expected: an operation of service '"
            + service
            + "': "
            + known
            + ")");
  }
}
