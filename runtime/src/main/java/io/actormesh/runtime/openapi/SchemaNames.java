package io.actormesh.runtime.openapi;

import io.actormesh.runtime.contract.CompositeShape;
import io.actormesh.runtime.contract.Shape;
import io.actormesh.runtime.contract.UnionShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gives records and sealed interfaces their names in the document: the simple name, with the
 * enclosing class before it where two classes share one, and a number where a generic record is
 * used with several types. The same type in two contracts is one schema.
 */
final class SchemaNames {
  private final IdentityHashMap<Shape, String> byShape = new IdentityHashMap<>();
  private final Map<String, String> byStructure = new HashMap<>();
  private final Map<String, Class<?>> taken = new HashMap<>();

  String of(Shape shape) {
    String known = byShape.get(shape);
    if (known == null) {
      known = byStructure.computeIfAbsent(structure(shape, new ArrayList<>()), s -> free(shape));
      byShape.put(shape, known);
    }
    return known;
  }

  /** Keeps a name for a schema of the document itself. */
  void reserve(String name) {
    taken.put(name, SchemaNames.class);
  }

  private String free(Shape shape) {
    Class<?> type = shape.rawType();
    String simple = clean(type.getSimpleName());
    Class<?> owner = taken.get(simple);
    if (owner != null && owner != type) {
      Class<?> outer = type.getEnclosingClass();
      simple = outer == null ? simple : clean(outer.getSimpleName()) + "." + simple;
    }
    String name = simple;
    for (int number = 2; taken.containsKey(name); number++) {
      name = simple + "-" + number;
    }
    taken.put(name, type);
    return name;
  }

  private static String clean(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /** Text that is equal for shapes that are built alike; one that holds itself is a number. */
  private static String structure(Shape shape, List<Shape> within) {
    int depth = within.indexOf(shape);
    if (depth >= 0) {
      return "^" + depth;
    }
    if (shape instanceof CompositeShape || shape instanceof UnionShape) {
      within.add(shape);
      String text = shape.rawType().getName() + parts(shape, within);
      within.remove(within.size() - 1);
      return text;
    }
    return shape.rawType().getName() + parts(shape, within);
  }

  private static String parts(Shape shape, List<Shape> within) {
    if (shape instanceof CompositeShape record) {
      return record.components().stream()
          .map(c -> c.name() + (c.required() ? ":" : "?:") + structure(c.shape(), within))
          .collect(Collectors.joining(",", "(", ")"));
    }
    if (shape instanceof UnionShape union) {
      return union.members().stream()
          .map(member -> member.name() + ":" + structure(member.shape(), within))
          .collect(Collectors.joining("|", "(", ")"));
    }
    if (shape instanceof Shape.Maybe maybe) {
      return "<" + structure(maybe.value(), within) + ">";
    }
    if (shape instanceof Shape.Items items) {
      return "<" + structure(items.element(), within) + ">";
    }
    return shape instanceof Shape.Entries entries
        ? "<" + structure(entries.key(), within) + "," + structure(entries.value(), within) + ">"
        : "";
  }
}
