package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.actormesh.runtime.contract.UnionShape;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sealed interfaces: an object with one name, the record's logical one, {@code {"card": {…}}}. */
final class JacksonUnion extends JacksonValue {
  private final UnionShape shape;
  private final Map<String, JacksonRecord> byName = new HashMap<>();
  private final Map<Class<?>, Named> byClass = new HashMap<>();

  private record Named(String name, JacksonRecord value) {}

  JacksonUnion(UnionShape shape) {
    this.shape = shape;
  }

  /** Called once, before the value is used: a record may hold its own interface. */
  void complete(List<JacksonRecord> members) {
    for (int i = 0; i < members.size(); i++) {
      UnionShape.Member member = shape.members().get(i);
      byName.put(member.name(), members.get(i));
      byClass.put(member.shape().rawType(), new Named(member.name(), members.get(i)));
    }
  }

  @Override
  void write(JsonGenerator out, Object value) throws IOException {
    @Nullable Named member = byClass.get(value.getClass());
    if (member == null) {
      throw FieldProblem.unwritable(
          value.getClass().getSimpleName() + " is none of " + shape.rawType().getSimpleName());
    }
    out.writeStartObject();
    out.writeFieldName(member.name());
    member.value().write(out, value);
    out.writeEndObject();
  }

  @Override
  Object read(JsonParser in) throws IOException {
    expect(in, JsonToken.START_OBJECT, expected());
    String name = in.nextFieldName();
    @Nullable JacksonRecord member = name == null ? null : byName.get(name);
    if (member == null) {
      String given = name == null ? "none" : "'" + FieldProblem.quoted(name) + "'";
      throw FieldProblem.unreadable("expected " + expected() + ", found " + given);
    }
    in.nextToken();
    Object value = member.readIn(in, name);
    if (in.nextToken() != JsonToken.END_OBJECT) {
      throw FieldProblem.unreadable("expected " + expected() + ", found more");
    }
    return value;
  }

  private String expected() {
    return shape.members().stream()
        .map(UnionShape.Member::name)
        .collect(Collectors.joining(", ", "an object with one of the names ", ""));
  }
}
