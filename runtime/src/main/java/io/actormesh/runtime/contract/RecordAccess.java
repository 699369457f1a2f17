package io.actormesh.runtime.contract;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes and reads records of one class through method handles, bound once. */
final class RecordAccess {
  private static final MethodHandle NOTHING =
      MethodHandles.dropArguments(MethodHandles.constant(Object.class, null), 0, Object.class);

  private final MethodHandle constructor; // (Object replyTo, Object argument, Object[]) -> Object
  private final MethodHandle reissue; // (Object message, Object replyTo) -> Object
  private final MethodHandle refill; // (Object message, Object argument) -> Object
  private final MethodHandle argument; // (Object message) -> Object
  private final MethodHandle[] getters; // (Object record) -> Object

  private RecordAccess(
      MethodHandle constructor,
      List<MethodHandle> accessors,
      CopyHandles copies,
      Supplied supplied) {
    this.constructor = constructor;
    this.reissue = copies.replacing(supplied.reply());
    this.refill = copies.replacing(supplied.argument());
    this.argument =
        supplied.argument() == Supplied.NONE
            ? NOTHING
            : accessors.get(supplied.argument()).asType(MethodType.genericMethodType(1));
    this.getters =
        IntStream.range(0, accessors.size())
            .filter(i -> !supplied.contains(i))
            .mapToObj(i -> accessors.get(i).asType(MethodType.genericMethodType(1)))
            .toArray(MethodHandle[]::new);
  }

  /**
   * Binds the class.
   *
   * @throws ReflectiveOperationException or an InaccessibleObjectException if its module does not
   *     let us
   */
  static RecordAccess of(Class<?> type, Supplied supplied) throws ReflectiveOperationException {
    MethodHandle canonical = canonical(type);
    List<MethodHandle> all = accessors(type);
    return new RecordAccess(
        spread(canonical, supplied), all, new CopyHandles(canonical, all), supplied);
  }

  Object create(@Nullable Object[] values, @Nullable Object replyTo, @Nullable Object streamed) {
    try {
      return (Object) constructor.invokeExact(replyTo, streamed, values);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  @Nullable Object value(Object record, int field) {
    try {
      return (Object) getters[field].invokeExact(record);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  Object withReplyTo(Object message, Object replyTo) {
    try {
      return (Object) reissue.invokeExact(message, replyTo);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  Object withArgument(Object message, Object streamed) {
    try {
      return (Object) refill.invokeExact(message, streamed);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  @Nullable Object argument(Object message) {
    try {
      return (Object) argument.invokeExact(message);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  private static MethodHandle canonical(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
    }
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return MethodHandles.lookup().unreflectConstructor(constructor);
  }

  private static List<MethodHandle> accessors(Class<?> type) throws ReflectiveOperationException {
    List<MethodHandle> accessors = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      accessors.add(
          MethodHandles.lookup()
              .unreflect(accessor)
              .asType(MethodType.methodType(component.getType(), Object.class)));
    }
    return accessors;
  }

  private static MethodHandle spread(MethodHandle canonical, Supplied supplied) {
    int arity = canonical.type().parameterCount();
    MethodHandle suppliedFirst =
        MethodHandles.permuteArguments(
            canonical.asType(MethodType.genericMethodType(arity)),
            MethodType.genericMethodType(2 + arity - supplied.count()),
            suppliedFirst(arity, supplied));
    return suppliedFirst.asSpreader(Object[].class, arity - supplied.count());
  }

  /** Where each component comes from when what is supplied comes first; the others keep order. */
  private static int[] suppliedFirst(int arity, Supplied supplied) {
    int[] sources = new int[arity];
    int next = 2;
    for (int i = 0; i < arity; i++) {
      sources[i] = i == supplied.reply() ? 0 : i == supplied.argument() ? 1 : next++;
    }
    return sources;
  }

  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("a record's constructor threw a checked exception", thrown);
  }
}
