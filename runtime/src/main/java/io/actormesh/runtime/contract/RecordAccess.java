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
  /** No component is the reply ref. */
  static final int NO_REPLY = -1;

  private final MethodHandle constructor; // (Object replyTo, Object[] values) -> Object
  private final MethodHandle reissue; // (Object message, Object replyTo) -> Object
  private final MethodHandle[] getters; // (Object record) -> Object

  private RecordAccess(MethodHandle constructor, MethodHandle reissue, MethodHandle[] getters) {
    this.constructor = constructor;
    this.reissue = reissue;
    this.getters = getters;
  }

  /**
   * Binds the class.
   *
   * @throws ReflectiveOperationException or an InaccessibleObjectException if its module does not
   *     let us
   */
  static RecordAccess of(Class<?> type, int replyIndex) throws ReflectiveOperationException {
    MethodHandle canonical = canonical(type);
    List<MethodHandle> all = accessors(type);
    List<MethodHandle> getters = new ArrayList<>();
    for (MethodHandle accessor : all) {
      getters.add(accessor.asType(MethodType.genericMethodType(1)));
    }
    if (replyIndex != NO_REPLY) {
      getters.remove(replyIndex);
    }
    return new RecordAccess(
        spread(canonical, replyIndex),
        reissuing(canonical, all, replyIndex),
        getters.toArray(MethodHandle[]::new));
  }

  Object create(@Nullable Object[] values, @Nullable Object replyTo) {
    try {
      return (Object) constructor.invokeExact(replyTo, values);
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

  private static MethodHandle spread(MethodHandle canonical, int replyIndex) {
    int arity = canonical.type().parameterCount();
    MethodHandle generic = canonical.asType(MethodType.genericMethodType(arity));
    MethodHandle replyFirst =
        replyIndex == NO_REPLY
            ? MethodHandles.dropArguments(generic, 0, Object.class)
            : MethodHandles.permuteArguments(
                generic, MethodType.genericMethodType(arity), replyFirst(arity, replyIndex));
    return replyFirst.asSpreader(Object[].class, replyFirst.type().parameterCount() - 1);
  }

  /** Where each component comes from when the reply is given first and the others keep order. */
  private static int[] replyFirst(int arity, int replyIndex) {
    return IntStream.range(0, arity)
        .map(i -> i == replyIndex ? 0 : i < replyIndex ? i + 1 : i)
        .toArray();
  }

  /** Copies a message with another reply ref, with neither arrays nor boxes in between. */
  private static MethodHandle reissuing(
      MethodHandle canonical, List<MethodHandle> accessors, int replyIndex) {
    if (replyIndex == NO_REPLY) {
      return MethodHandles.dropArguments(MethodHandles.identity(Object.class), 1, Object.class);
    }
    MethodHandle toRef =
        MethodHandles.identity(Object.class)
            .asType(
                MethodType.methodType(canonical.type().parameterType(replyIndex), Object.class));
    MethodHandle copy = canonical;
    int[] sources = new int[accessors.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = i == replyIndex ? 1 : 0;
      copy = MethodHandles.filterArguments(copy, i, i == replyIndex ? toRef : accessors.get(i));
    }
    MethodType twoObjects = MethodType.genericMethodType(2);
    MethodType untyped = twoObjects.changeReturnType(copy.type().returnType());
    return MethodHandles.permuteArguments(copy, untyped, sources).asType(twoObjects);
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
