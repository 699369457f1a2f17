package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.CompositeShape;
import io.actormesh.runtime.contract.CompositeShape.Component;
import io.actormesh.runtime.contract.Shape;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts path and query parameters into the fields they name. */
final class JsonParameters {
  private final CompositeShape message;

  JsonParameters(CompositeShape message) {
    this.message = message;
  }

  void readInto(@Nullable Object[] fields, Map<String, List<String>> parameters) {
    parameters.forEach(
        (name, values) -> {
          try {
            int position = position(name);
            if (fields[position] != JacksonRecord.UNREAD) {
              throw FieldProblem.unreadable("given both in the body and as a parameter");
            }
            fields[position] = value(message.components().get(position).shape(), values);
          } catch (FieldProblem problem) {
            throw problem.in(FieldProblem.quoted(name));
          }
        });
  }

  private int position(String name) {
    List<Component> components = message.components();
    for (int i = 0; i < components.size(); i++) {
      if (components.get(i).name().equals(name)) {
        return i;
      }
    }
    throw FieldProblem.unreadable("unknown parameter");
  }

  private static Object value(Shape shape, List<String> values) {
    if (shape instanceof Shape.Items items) {
      List<Object> read = values.stream().map(text -> single(items.element(), text)).toList();
      return items.rawType() == Set.class ? ofUnique(read) : read;
    }
    if (values.size() != 1) {
      throw FieldProblem.unreadable("given " + values.size() + " times, expected once");
    }
    return shape instanceof Shape.Maybe maybe
        ? Optional.of(single(maybe.value(), values.get(0)))
        : single(shape, values.get(0));
  }

  private static Object single(Shape shape, String text) {
    boolean hasText =
        shape instanceof Shape.Constants
            || (shape instanceof Shape.Scalar && ScalarText.parserOf(shape.rawType()).isPresent());
    if (!hasText) {
      throw FieldProblem.unreadable("cannot be given as a parameter, give it in the body");
    }
    Object value = KeyText.of(shape).read(text);
    boolean finite =
        !(value instanceof Double || value instanceof Float)
            || Double.isFinite(((Number) value).doubleValue());
    if (!finite) {
      throw FieldProblem.unreadable("expected a finite number");
    }
    return value;
  }

  private static Set<Object> ofUnique(List<Object> read) {
    Set<Object> unique = new LinkedHashSet<>(read);
    if (unique.size() != read.size()) {
      throw FieldProblem.unreadable("a duplicate in a set");
    }
    return Collections.unmodifiableSet(unique);
  }

  static Map<String, List<String>> ofSingle(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
  }
}
