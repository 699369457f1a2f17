package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.CompositeShape;
import io.actormesh.runtime.contract.Shape;
import io.actormesh.runtime.contract.UnionShape;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the readers and writers of shapes for one dialect; a shape that holds itself is built
 * once.
 */
final class JacksonValues {
  private final Dialect dialect;
  private final Map<Shape, JacksonValue> built = new HashMap<>();

  JacksonValues(Dialect dialect) {
    this.dialect = dialect;
  }

  JacksonValue of(Shape shape) {
    if (shape instanceof Shape.Scalar scalar) {
      return JacksonScalars.of(scalar, dialect);
    }
    if (shape instanceof Shape.Constants constants) {
      return new JacksonConstants(constants);
    }
    if (shape instanceof Shape.Maybe maybe) {
      return new JacksonMaybe(of(maybe.value()));
    }
    if (shape instanceof Shape.Items items) {
      return new JacksonItems(items, of(items.element()), dialect);
    }
    if (shape instanceof Shape.Entries entries) {
      return new JacksonEntries(KeyText.of(entries.key()), of(entries.value()));
    }
    if (shape instanceof UnionShape union) {
      return union(union);
    }
    return shape instanceof CompositeShape composite
        ? record(composite)
        : new JacksonNothing((Shape.Nothing) shape, dialect);
  }

  JacksonRecord record(CompositeShape shape) {
    @Nullable JacksonValue known = built.get(shape);
    if (known != null) {
      return (JacksonRecord) known;
    }
    JacksonRecord value = new JacksonRecord(shape, dialect);
    built.put(shape, value);
    value.complete(shape.components().stream().map(component -> of(component.shape())).toList());
    return value;
  }

  private JacksonValue union(UnionShape shape) {
    @Nullable JacksonValue known = built.get(shape);
    if (known != null) {
      return known;
    }
    JacksonUnion value = new JacksonUnion(shape);
    built.put(shape, value);
    value.complete(shape.members().stream().map(member -> record(member.shape())).toList());
    return value;
  }
}
