package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.actormesh.runtime.contract.CompositeShape;
import io.actormesh.runtime.contract.CompositeShape.Component;
import io.actormesh.runtime.contract.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records, as objects; fields in any order, those that are absent left out. */
final class JacksonRecord extends JacksonValue {
  /** Marks what was not read, for null may have been read. */
  static final Object UNREAD = new Object();

  private final CompositeShape shape;
  private final Dialect dialect;
  private final Component[] components;
  private final SerializedString[] names;
  private final Map<String, Integer> positions = new HashMap<>();
  private JacksonValue[] values = {};

  JacksonRecord(CompositeShape shape, Dialect dialect) {
    this.shape = shape;
    this.dialect = dialect;
    this.components = shape.components().toArray(Component[]::new);
    this.names = new SerializedString[components.length];
    for (int i = 0; i < components.length; i++) {
      names[i] = new SerializedString(components[i].name());
      positions.put(components[i].name(), i);
    }
  }

  /** Called once, before the value is used: a record may hold itself. */
  void complete(List<JacksonValue> itsValues) {
    values = itsValues.toArray(JacksonValue[]::new);
  }

  @Override
  void write(JsonGenerator out, Object record) throws IOException {
    out.writeStartObject();
    for (int i = 0; i < components.length; i++) {
      try {
        writeComponent(out, i, shape.value(record, i));
      } catch (IOException | RuntimeException thrown) {
        throw FieldProblem.whileWriting(thrown).in(components[i].name());
      }
    }
    out.writeEndObject();
  }

  private void writeComponent(JsonGenerator out, int i, @Nullable Object value) throws IOException {
    // An empty collection is worth saying to a person, not to a node.
    boolean leftOut =
        dialect == Dialect.WIRE
            ? Absent.isAbsent(value)
            : value == null || (values[i].takesNull() && Absent.isAbsent(value));
    if (!leftOut && value != null) {
      out.writeFieldName(names[i]);
      values[i].write(out, value);
    }
  }

  @Override
  Object read(JsonParser in) throws IOException {
    @Nullable Object[] read = unread();
    readFields(in, read);
    return create(settled(read));
  }

  Object readIn(JsonParser in, String name) {
    try {
      return read(in);
    } catch (IOException | RuntimeException thrown) {
      throw FieldProblem.whileReading(thrown).in(name);
    }
  }

  /** An array to read fields into. */
  @Nullable Object[] unread() {
    @Nullable Object[] read = new @Nullable Object[components.length];
    Arrays.fill(read, UNREAD);
    return read;
  }

  /** Reads an object's fields; what is not there stays unread. */
  void readFields(JsonParser in, @Nullable Object[] read) throws IOException {
    expect(in, JsonToken.START_OBJECT, "an object");
    int next = 0;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      int position = position(name, next);
      if (position < 0) {
        skip(in, name);
      } else {
        readField(in, read, position);
        next = position + 1;
      }
    }
    expect(in, JsonToken.END_OBJECT, "a name");
  }

  /** Puts a value in for each field that was not read, or refuses if it may not be missing. */
  @Nullable Object[] settled(@Nullable Object[] read) {
    for (int i = 0; i < read.length; i++) {
      if (read[i] == UNREAD) {
        if (dialect == Dialect.JSON && components[i].required()) {
          throw FieldProblem.unreadable("missing").in(components[i].name());
        }
        read[i] = Absent.standIn(components[i].shape());
      }
    }
    return read;
  }

  /** Position of the component, or negative. */
  int position(String name) {
    return positions.getOrDefault(name, -1);
  }

  private int position(String name, int next) {
    // Almost always the fields come in the order in which they were written.
    return next < components.length && components[next].name().equals(name) ? next : position(name);
  }

  private void skip(JsonParser in, String name) throws IOException {
    if (dialect == Dialect.JSON) {
      throw FieldProblem.unreadable("unknown field").in(FieldProblem.quoted(name));
    }
    in.nextToken();
    in.skipChildren();
  }

  private void readField(JsonParser in, @Nullable Object[] read, int i) {
    try {
      if (read[i] != UNREAD) {
        throw FieldProblem.unreadable("given twice");
      }
      boolean isNull = in.nextToken() == JsonToken.VALUE_NULL;
      read[i] = isNull && !values[i].takesNull() ? ofNull(i) : values[i].read(in);
    } catch (IOException | RuntimeException thrown) {
      throw FieldProblem.whileReading(thrown).in(components[i].name());
    }
  }

  private @Nullable Object ofNull(int i) {
    Shape held = components[i].shape();
    boolean refused =
        dialect == Dialect.JSON && (components[i].required() || Absent.standIn(held) != null);
    if (refused) {
      throw FieldProblem.unreadable("null is not a value of it");
    }
    return Absent.standIn(held);
  }

  private Object create(@Nullable Object[] settled) {
    try {
      return shape.create(settled);
    } catch (RuntimeException refused) {
      throw refusedBy(shape, refused);
    }
  }

  /** A record's constructor has the last word on its values. */
  static FieldProblem refusedBy(CompositeShape shape, RuntimeException refused) {
    return FieldProblem.unreadable(
        "refused by " + shape.rawType().getSimpleName() + ": " + FieldProblem.reason(refused));
  }
}
