package io.actormesh.runtime.contract;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record: named components. It may contain itself, so two of them are equal by identity alone.
 */
public final class CompositeShape implements Shape {
  private final Class<?> rawType;
  private List<Component> components = List.of();
  private @Nullable RecordAccess access;

  /**
   * A component of a record; in a message, neither the reply ref nor a streamed argument is one.
   *
   * @param name its name in Java, on the wire and in JSON
   * @param type its declared type
   * @param shape what it holds
   * @param required whether strict JSON must name it
   * @param tag a stable number made of its name, unique in its record, the low three bits zero
   * @param index its position among all components of the record
   */
  public record Component(
      String name, Type type, Shape shape, boolean required, int tag, int index) {}

  CompositeShape(Class<?> rawType) {
    this.rawType = rawType;
  }

  /** Called once, before the shape is handed out: the record may be one of its own components. */
  void complete(List<Component> itsComponents, RecordAccess itsAccess) {
    components = List.copyOf(itsComponents);
    access = itsAccess;
  }

  @Override
  public Class<?> rawType() {
    return rawType;
  }

  /** In declaration order. */
  public List<Component> components() {
    return components;
  }

  /**
   * A record with these values.
   *
   * @param values one for each of {@link #components()}, in their order
   * @throws RuntimeException whatever the record's own constructor throws
   */
  public Object create(@Nullable Object[] values) {
    return create(values, null, null);
  }

  /** The value of one component, by its position in {@link #components()}. */
  public @Nullable Object value(Object record, int component) {
    return requireNonNull(access).value(record, component);
  }

  Object create(@Nullable Object[] values, @Nullable Object replyTo, @Nullable Object argument) {
    return requireNonNull(access).create(values, replyTo, argument);
  }

  Object withReplyTo(Object message, Object replyTo) {
    return requireNonNull(access).withReplyTo(message, replyTo);
  }

  Object withArgument(Object message, Object argument) {
    return requireNonNull(access).withArgument(message, argument);
  }

  @Nullable Object argument(Object message) {
    return requireNonNull(access).argument(message);
  }

  @Override
  public String toString() {
    return rawType.getSimpleName();
  }
}
