package io.actormesh.runtime.contract;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many records a smallest value nests. A record without any smallest value can never be made:
 * it always holds itself.
 */
final class Heights {
  private static final int NONE = Integer.MAX_VALUE;

  private final Map<Shape, Integer> heights = new HashMap<>();

  /** Computes the least fixed point: repeats until nothing gets smaller. */
  Heights(Collection<? extends Shape> shapes) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Shape shape : shapes) {
        int height = compute(shape);
        changed |= height < of(shape);
        heights.put(shape, height);
      }
    }
  }

  boolean isFinite(Shape shape) {
    return of(shape) != NONE;
  }

  /** The record of least height. */
  Optional<UnionShape.Member> simplestOf(UnionShape union) {
    return union.members().stream()
        .min(java.util.Comparator.comparingInt(member -> of(member.shape())));
  }

  private int compute(Shape shape) {
    if (shape instanceof UnionShape union) {
      return union.members().stream().mapToInt(member -> of(member.shape())).min().orElse(0);
    }
    int deepest = -1;
    if (shape instanceof CompositeShape composite) {
      for (CompositeShape.Component component : composite.components()) {
        int height = component.required() ? of(component.shape()) : 0;
        deepest = Math.max(deepest, height);
      }
    }
    return deepest == NONE ? NONE : deepest + 1;
  }

  private int of(Shape shape) {
    boolean structured = shape instanceof CompositeShape || shape instanceof UnionShape;
    return structured ? heights.getOrDefault(shape, NONE) : 0;
  }
}
