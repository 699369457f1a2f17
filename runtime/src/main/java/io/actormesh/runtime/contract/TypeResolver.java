package io.actormesh.runtime.contract;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replaces type variables by what a field says they are; wildcards and raw types are findings. */
final class TypeResolver {
  // A record that nests its own type argument ever deeper would never end.
  private static final int MAX_DEPTH = 16;

  private final Findings findings;

  TypeResolver(Findings findings) {
    this.findings = findings;
  }

  Optional<Resolved> resolve(Type type, Map<TypeVariable<?>, Resolved> variables, String where) {
    Optional<Resolved> resolved = replace(type, variables, where);
    if (resolved.isPresent() && resolved.get().depth() > MAX_DEPTH) {
      findings.add(
          where,
          "its type arguments nest deeper than " + MAX_DEPTH,
          "use a record of its own for the nested value");
      return Optional.empty();
    }
    return resolved;
  }

  static Class<?> rawOf(Type type) {
    if (type instanceof Class<?> raw) {
      return raw;
    }
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : Object.class;
  }

  static Map<TypeVariable<?>, Resolved> variablesOf(Resolved type) {
    TypeVariable<?>[] declared = type.raw().getTypeParameters();
    Map<TypeVariable<?>, Resolved> variables = new HashMap<>();
    for (int i = 0; i < declared.length; i++) {
      variables.put(declared[i], type.arguments().get(i));
    }
    return variables;
  }

  private Optional<Resolved> replace(
      Type type, Map<TypeVariable<?>, Resolved> variables, String where) {
    if (type instanceof Class<?> raw) {
      return ofClass(raw, where);
    }
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic, variables, where);
    }
    if (type instanceof TypeVariable<?> variable && variables.containsKey(variable)) {
      return Optional.ofNullable(variables.get(variable));
    }
    return refused(type, where);
  }

  private Optional<Resolved> ofClass(Class<?> raw, String where) {
    if (raw.getTypeParameters().length == 0) {
      return Optional.of(new Resolved(raw, List.of()));
    }
    findings.add(
        where,
        "raw type " + raw.getSimpleName(),
        "give its type argument, such as " + raw.getSimpleName() + "<String>");
    return Optional.empty();
  }

  private Optional<Resolved> ofGeneric(
      ParameterizedType generic, Map<TypeVariable<?>, Resolved> variables, String where) {
    List<Resolved> arguments = new ArrayList<>();
    for (Type argument : generic.getActualTypeArguments()) {
      replace(argument, variables, where).ifPresent(arguments::add);
    }
    return arguments.size() == generic.getActualTypeArguments().length
        ? Optional.of(new Resolved((Class<?>) generic.getRawType(), List.copyOf(arguments)))
        : Optional.empty();
  }

  private Optional<Resolved> refused(Type type, String where) {
    if (type instanceof WildcardType) {
      findings.add(
          where, "wildcard " + type.getTypeName(), "name the type instead of the wildcard");
    } else if (type instanceof GenericArrayType) {
      findings.add(where, "array " + type.getTypeName(), "use List<…>");
    } else {
      findings.add(
          where, "type variable " + type.getTypeName() + " stands for nothing", "name a type");
    }
    return Optional.empty();
  }
}
