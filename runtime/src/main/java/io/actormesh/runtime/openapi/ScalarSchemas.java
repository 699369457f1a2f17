package io.actormesh.runtime.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.actormesh.runtime.contract.Shape;
import java.util.Set;

/** The schemas of values without parts, as {@code JsonMessages} reads and writes them. */
final class ScalarSchemas {
  private ScalarSchemas() {}

  static ObjectNode of(Shape.Scalar scalar) {
    return switch (scalar.name()) {
      case "boolean" -> Json.object("type", "boolean");
      case "byte" -> integer("int32").put("minimum", -128).put("maximum", 127);
      case "short" -> integer("int32").put("minimum", -32_768).put("maximum", 32_767);
      case "int" -> integer("int32");
      case "long" -> integer("int64");
      case "year" -> integer("int32").put("minimum", -999_999_999).put("maximum", 999_999_999);
      case "big-integer" -> Json.object("type", "integer");
      case "float" -> Json.object("type", "number").put("format", "float");
      case "double" -> Json.object("type", "number").put("format", "double");
      case "big-decimal" -> Json.object("type", "number").put("format", "decimal");
      case "byte-array" -> Json.object("type", "string").put("contentEncoding", "base64");
      default -> scalar.rawType().isArray() ? array(scalar) : text(scalar);
    };
  }

  private static ObjectNode integer(String format) {
    return Json.object("type", "integer").put("format", format);
  }

  private static ObjectNode array(Shape.Scalar scalar) {
    Class<?> element = scalar.rawType().getComponentType();
    if (element == char.class) {
      return Json.object("type", "string");
    }
    ObjectNode schema = Json.object("type", "array");
    schema.set("items", of(new Shape.Scalar(element, element.getName())));
    return schema;
  }

  private static ObjectNode text(Shape.Scalar scalar) {
    ObjectNode text = Json.object("type", "string");
    return switch (scalar.name()) {
      case "char" -> text.put("minLength", 1).put("maxLength", 1);
      case "uuid" -> text.put("format", "uuid");
      case "instant", "offset-date-time" -> text.put("format", "date-time");
      case "local-date" -> text.put("format", "date");
      case "local-date-time" -> text.put("format", "date-time-local");
      case "local-time" -> text.put("format", "time-local");
      case "offset-time" -> text.put("format", "time");
      case "duration", "period" -> text.put("format", "duration");
      case "year-month" -> text.put("pattern", "^[+-]?[0-9]{4,9}-[0-9]{2}$");
      case "month-day" -> text.put("pattern", "^--[0-9]{2}-[0-9]{2}$");
      case "zone-id" -> text.put("format", "time-zone");
      case "zone-offset" -> text.put("format", "zone-offset");
      case "zoned-date-time" -> text.put("format", "zoned-date-time");
      default -> text;
    };
  }

  /** The schema of a map's keys; empty if any text will do. */
  static ObjectNode ofKey(Shape key) {
    ObjectNode schema = Json.object();
    if (key instanceof Shape.Constants constants) {
      schema.set("enum", Json.array(constants.constants().stream().map(Enum::name).toList()));
    } else if (key instanceof Shape.Scalar scalar) {
      boolean whole = Set.of("byte", "short", "int", "long", "big-integer").contains(scalar.name());
      if (whole) {
        schema.put("pattern", "^[+-]?[0-9]+$");
      } else if (scalar.name().equals("uuid")) {
        schema.put("format", "uuid");
      }
    }
    return schema;
  }
}
