package io.actormesh.runtime.contract;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes shapes as text: no Java names but those that are on the wire, everything unordered sorted,
 * so that equal protocols have equal texts. Records and sealed interfaces are numbered on first
 * mention and referred to by number after it.
 */
final class SchemaText {
  private final StringBuilder text = new StringBuilder();
  private final Map<Shape, Integer> numbers = new HashMap<>();

  private SchemaText() {}

  /**
   * One line: {@code name kind #0{field:type,…} reply}; a reply may be {@code stream[type]}, and a
   * streamed argument follows as {@code takes stream[type]}.
   */
  static String of(Operation<?> operation) {
    SchemaText schema = new SchemaText();
    schema
        .text
        .append(operation.name())
        .append(' ')
        .append(kind(operation.replyKind()))
        .append(' ');
    schema.append(operation.message());
    operation
        .reply()
        .ifPresent(
            reply -> {
              schema.text.append(' ');
              schema.append(reply);
            });
    operation.replyElement().ifPresent(element -> schema.append(" stream[", element));
    operation.argumentElement().ifPresent(element -> schema.append(" takes stream[", element));
    return schema.text.toString();
  }

  private static String kind(ReplyKind kind) {
    return switch (kind) {
      case NONE -> "one-way";
      case PLAIN -> "ask";
      case STATUS -> "status";
    };
  }

  private void append(Shape shape) {
    if (shape instanceof Shape.Scalar scalar) {
      text.append(scalar.name());
    } else if (shape instanceof Shape.Constants constants) {
      appendConstants(constants);
    } else if (shape instanceof Shape.Maybe maybe) {
      append("optional[", maybe.value());
    } else if (shape instanceof Shape.Items items) {
      append(items.rawType() == java.util.Set.class ? "set[" : "list[", items.element());
    } else if (shape instanceof Shape.Entries entries) {
      text.append("map[");
      append(entries.key());
      append(",", entries.value());
    } else if (shape instanceof Shape.Nothing) {
      text.append("nothing");
    } else {
      appendNumbered(shape);
    }
  }

  private void append(String before, Shape last) {
    text.append(before);
    append(last);
    text.append(']');
  }

  private void appendConstants(Shape.Constants constants) {
    text.append(
        constants.constants().stream()
            .map(Enum::name)
            .sorted()
            .collect(Collectors.joining("|", "enum(", ")")));
  }

  private void appendNumbered(Shape shape) {
    @Nullable Integer number = numbers.putIfAbsent(shape, numbers.size());
    if (number != null) {
      text.append('#').append(number);
      return;
    }
    text.append('#').append(numbers.get(shape));
    if (shape instanceof CompositeShape composite) {
      appendFields(composite);
    } else if (shape instanceof UnionShape union) {
      appendMembers(union);
    }
  }

  private void appendFields(CompositeShape composite) {
    text.append('{');
    composite.components().stream()
        .sorted(Comparator.comparing(CompositeShape.Component::name))
        .forEach(
            component -> {
              text.append(component.name()).append(':');
              append(component.shape());
              text.append(',');
            });
    text.append('}');
  }

  private void appendMembers(UnionShape union) {
    text.append('<');
    union.members().stream()
        .sorted(Comparator.comparing(UnionShape.Member::name))
        .forEach(
            member -> {
              text.append(member.name()).append('=');
              append(member.shape());
              text.append(',');
            });
    text.append('>');
  }
}
