package io.actormesh.runtime.contract;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/** Makes handles that copy a record but for one component, with neither arrays nor boxes. */
final class CopyHandles {
  private final MethodHandle canonical;
  private final List<MethodHandle> accessors;

  CopyHandles(MethodHandle canonical, List<MethodHandle> accessors) {
    this.canonical = canonical;
    this.accessors = accessors;
  }

  /** (Object record, Object value) -> Object; the record itself if there is no such component. */
  MethodHandle replacing(int index) {
    if (index == Supplied.NONE) {
      return MethodHandles.dropArguments(MethodHandles.identity(Object.class), 1, Object.class);
    }
    MethodHandle cast =
        MethodHandles.identity(Object.class)
            .asType(MethodType.methodType(canonical.type().parameterType(index), Object.class));
    MethodHandle copy = canonical;
    int[] sources = new int[accessors.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = i == index ? 1 : 0;
      copy = MethodHandles.filterArguments(copy, i, i == index ? cast : accessors.get(i));
    }
    MethodType twoObjects = MethodType.genericMethodType(2);
    MethodType untyped = twoObjects.changeReturnType(copy.type().returnType());
    return MethodHandles.permuteArguments(copy, untyped, sources).asType(twoObjects);
  }
}
