package io.actormesh.runtime.ingress;

import io.actormesh.runtime.contract.CompositeShape;
import io.actormesh.runtime.contract.CompositeShape.Component;
import io.actormesh.runtime.contract.Shape;
import io.actormesh.runtime.contract.UnionShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes one component out of a stream's elements, as text. Immutable. */
final class ElementText {

  private record Place(CompositeShape shape, int index) {}

  private final Map<Class<?>, Place> places;

  private ElementText(Map<Class<?>, Place> places) {
    this.places = Map.copyOf(places);
  }

  /** Empty unless the elements are records, or some of them, that have such a single value. */
  static Optional<ElementText> of(Shape element, String component) {
    Map<Class<?>, Place> places = new HashMap<>();
    if (element instanceof CompositeShape shape) {
      find(shape, component, places);
    } else if (element instanceof UnionShape union) {
      union.members().forEach(member -> find(member.shape(), component, places));
    }
    return places.isEmpty() ? Optional.empty() : Optional.of(new ElementText(places));
  }

  /** The text; null if this element has none. */
  @Nullable String of(Object element) {
    Place place = places.get(element.getClass());
    if (place == null) {
      return null;
    }
    Object value = place.shape().value(element, place.index());
    if (value instanceof Optional<?> optional) {
      value = optional.orElse(null);
    }
    return value instanceof Enum<?> constant
        ? constant.name()
        : value == null ? null : value.toString();
  }

  private static void find(CompositeShape shape, String name, Map<Class<?>, Place> places) {
    List<Component> components = shape.components();
    for (int i = 0; i < components.size(); i++) {
      Component component = components.get(i);
      if (component.name().equals(name) && RouteBinding.isText(component.shape())) {
        places.put(shape.rawType(), new Place(shape, i));
      }
    }
  }
}
