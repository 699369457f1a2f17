package io.actormesh.runtime.codec;

import io.actormesh.runtime.contract.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keys of maps, and parameters, as text and back. */
record KeyText(String name, Function<String, Object> parser) {

  static KeyText of(Shape key) {
    if (key instanceof Shape.Constants constants) {
      return new KeyText("one of " + constants.constants(), byName(constants));
    }
    Shape.Scalar scalar = (Shape.Scalar) key;
    return new KeyText(
        scalar.name(),
        ScalarText.parserOf(scalar.rawType())
            .orElseThrow(() -> new IllegalArgumentException("key: " + scalar.name())));
  }

  Object read(String text) {
    return ScalarText.parse(parser, text, name);
  }

  static String write(Object key) {
    return key instanceof Enum<?> constant ? constant.name() : key.toString();
  }

  private static Function<String, Object> byName(Shape.Constants constants) {
    Map<String, Object> byName = new HashMap<>();
    constants.constants().forEach(constant -> byName.put(constant.name(), constant));
    return text -> {
      @Nullable Object constant = byName.get(text);
      if (constant == null) {
        throw FieldProblem.unreadable("no such constant");
      }
      return constant;
    };
  }
}
