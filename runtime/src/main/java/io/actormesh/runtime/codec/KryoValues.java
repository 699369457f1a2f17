package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.CompositeShape;
import io.actormesh.runtime.contract.Shape;
import io.actormesh.runtime.contract.UnionShape;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the serializers of shapes; a shape that holds itself is built once. */
final class KryoValues {
  private final Map<Shape, KryoValue> built = new HashMap<>();

  KryoValue of(Shape shape) {
    if (shape instanceof Shape.Scalar scalar) {
      return KryoScalars.of(scalar);
    }
    if (shape instanceof Shape.Constants constants) {
      return new KryoConstants(constants);
    }
    if (shape instanceof Shape.Maybe maybe) {
      return new KryoMaybe(of(maybe.value()));
    }
    if (shape instanceof Shape.Items items) {
      return new KryoItems(items, of(items.element()));
    }
    if (shape instanceof Shape.Entries entries) {
      return new KryoEntries(of(entries.key()), of(entries.value()));
    }
    if (shape instanceof UnionShape union) {
      return union(union);
    }
    return shape instanceof CompositeShape composite
        ? record(composite)
        : new KryoNothing((Shape.Nothing) shape);
  }

  KryoRecord record(CompositeShape shape) {
    @Nullable KryoValue known = built.get(shape);
    if (known != null) {
      return (KryoRecord) known;
    }
    KryoRecord value = new KryoRecord(shape);
    built.put(shape, value);
    value.complete(shape.components().stream().map(component -> of(component.shape())).toList());
    return value;
  }

  private KryoValue union(UnionShape shape) {
    @Nullable KryoValue known = built.get(shape);
    if (known != null) {
      return known;
    }
    KryoUnion value = new KryoUnion(shape);
    built.put(shape, value);
    value.complete(shape.members().stream().map(member -> record(member.shape())).toList());
    return value;
  }
}
