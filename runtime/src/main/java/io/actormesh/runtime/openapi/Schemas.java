package io.actormesh.runtime.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.actormesh.runtime.contract.CompositeShape;
import io.actormesh.runtime.contract.CompositeShape.Component;
import io.actormesh.runtime.contract.Shape;
import io.actormesh.runtime.contract.UnionShape;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The schemas of shapes; records and sealed interfaces are defined once and referred to. */
final class Schemas {
  private final SchemaNames names = new SchemaNames();
  private final Map<String, ObjectNode> defined = new TreeMap<>();
  private final Javadocs docs;

  Schemas(Javadocs docs) {
    this.docs = docs;
  }

  /** Puts a schema of the document's own under a name that no record gets. */
  void define(String name, ObjectNode schema) {
    names.reserve(name);
    defined.put(name, schema);
  }

  /** All that have been referred to. */
  ObjectNode defined() {
    ObjectNode all = Json.object();
    defined.forEach(all::set);
    return all;
  }

  ObjectNode of(Shape shape) {
    if (shape instanceof Shape.Scalar scalar) {
      return ScalarSchemas.of(scalar);
    }
    if (shape instanceof Shape.Constants constants) {
      ObjectNode text = Json.object("type", "string");
      text.set("enum", Json.array(constants.constants().stream().map(Enum::name).toList()));
      return described(text, docs.of(constants.rawType()));
    }
    if (shape instanceof Shape.Maybe maybe) {
      return orNull(of(maybe.value()));
    }
    if (shape instanceof Shape.Items items) {
      return items(items);
    }
    if (shape instanceof Shape.Entries entries) {
      return entries(entries);
    }
    if (shape instanceof Shape.Nothing) {
      return Json.object("type", "object").put("additionalProperties", false);
    }
    return reference(shape);
  }

  /** The value of a parameter: one that is optional is left out, and never null. */
  ObjectNode ofParameter(Shape shape) {
    return of(shape instanceof Shape.Maybe maybe ? maybe.value() : shape);
  }

  /** The components of a record that the predicate takes, as an object. */
  ObjectNode object(CompositeShape record, Predicate<Component> taken) {
    ObjectNode schema = Json.object("type", "object");
    described(schema, docs.of(record.rawType()));
    ObjectNode properties = Json.object();
    ArrayNode required = schema.arrayNode();
    for (Component component : record.components()) {
      if (taken.test(component)) {
        properties.set(component.name(), property(record, component));
        if (component.required()) {
          required.add(component.name());
        }
      }
    }
    schema.set("properties", properties);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    if (record.rawType().isAnnotationPresent(Deprecated.class)) {
      schema.put("deprecated", true);
    }
    return schema;
  }

  /** A description, beside whatever the node says itself. */
  static ObjectNode described(ObjectNode node, Optional<String> text) {
    text.ifPresent(description -> node.put("description", description));
    return node;
  }

  private ObjectNode property(CompositeShape record, Component component) {
    Shape shape = component.shape();
    ObjectNode schema = of(shape);
    boolean holdsNull =
        !component.required() && !shape.rawType().isPrimitive() && !isCollection(shape);
    ObjectNode value = holdsNull && !(shape instanceof Shape.Maybe) ? orNull(schema) : schema;
    return described(value, docs.of(record.rawType(), component.name()));
  }

  private static boolean isCollection(Shape shape) {
    return shape instanceof Shape.Items || shape instanceof Shape.Entries;
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (schema.path("type").isTextual() && !schema.has("enum")) {
      ArrayNode types = schema.arrayNode().add(schema.get("type").textValue()).add("null");
      schema.set("type", types);
      return schema;
    }
    ObjectNode either = Json.object();
    either.putArray("anyOf").add(schema).add(Json.object("type", "null"));
    return either;
  }

  private ObjectNode items(Shape.Items items) {
    ObjectNode array = Json.object("type", "array");
    array.set("items", of(items.element()));
    if (items.rawType() == java.util.Set.class) {
      array.put("uniqueItems", true);
    }
    return array;
  }

  private ObjectNode entries(Shape.Entries entries) {
    ObjectNode map = Json.object("type", "object");
    ObjectNode keys = ScalarSchemas.ofKey(entries.key());
    if (!keys.isEmpty()) {
      map.set("propertyNames", keys);
    }
    map.set("additionalProperties", of(entries.value()));
    return map;
  }

  private ObjectNode reference(Shape shape) {
    String name = names.of(shape);
    if (!defined.containsKey(name)) {
      // First, so that a type which holds itself finds it.
      defined.put(name, Json.object());
      defined.put(
          name,
          shape instanceof UnionShape union
              ? union(union)
              : object((CompositeShape) shape, component -> true));
    }
    return Json.ref("schemas", name);
  }

  /** An object with one name, which says which record it holds. */
  private ObjectNode union(UnionShape union) {
    ObjectNode schema = described(Json.object(), docs.of(union.rawType()));
    ArrayNode members = schema.putArray("oneOf");
    for (UnionShape.Member member : union.members()) {
      ObjectNode one = Json.object("type", "object");
      one.set("required", one.arrayNode().add(member.name()));
      one.set("properties", Json.object().set(member.name(), reference(member.shape())));
      members.add(one.put("additionalProperties", false));
    }
    return schema;
  }
}
