package io.actormesh.runtime.contract;

import io.actormesh.runtime.contract.UnionShape.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records of a sealed interface, nested sealed interfaces flattened. */
final class UnionReader {
  private final ShapeReader shapes;
  private final Findings findings;

  UnionReader(ShapeReader shapes, Findings findings) {
    this.shapes = shapes;
    this.findings = findings;
  }

  void complete(UnionShape shape, Resolved type, String where) {
    List<Member> members = new ArrayList<>();
    collect(type, where, members);
    checkNames(members, where);
    shape.complete(members);
  }

  private void collect(Resolved type, String where, List<Member> members) {
    for (Class<?> permitted : type.raw().getPermittedSubclasses()) {
      String memberAt = where + "." + permitted.getSimpleName();
      Optional<Resolved> bound = bind(permitted, type, memberAt);
      if (bound.isEmpty()) {
        continue;
      }
      if (permitted.isInterface() && permitted.isSealed()) {
        collect(bound.get(), where, members);
      } else if (permitted.isRecord()) {
        addMember(bound.get(), memberAt, members);
      } else {
        refuse(permitted, type, memberAt);
      }
    }
  }

  private void addMember(Resolved member, String where, List<Member> members) {
    String name = WireNames.kebab(member.raw().getSimpleName());
    boolean known = members.stream().anyMatch(m -> m.shape().rawType() == member.raw());
    if (!known) {
      shapes
          .read(member, where)
          .ifPresent(
              shape -> members.add(new Member(name, WireNames.tag(name), (CompositeShape) shape)));
    }
  }

  private void refuse(Class<?> permitted, Resolved type, String where) {
    findings.add(
        where,
        permitted.getSimpleName() + ", permitted by " + type + ", is no record",
        permitted.isInterface()
            ? "seal it and let only records implement it"
            : permitted.isEnum()
                ? "make each constant a record without components"
                : "make it a record");
  }

  /** What the member's own type variables are, told by the interface it implements. */
  private Optional<Resolved> bind(Class<?> member, Resolved parent, String where) {
    if (member.getTypeParameters().length == 0) {
      return Optional.of(new Resolved(member, List.of()));
    }
    Map<TypeVariable<?>, Resolved> known = argumentsGivenBy(member, parent);
    List<Resolved> arguments = new ArrayList<>();
    for (TypeVariable<?> variable : member.getTypeParameters()) {
      @Nullable Resolved argument = known.get(variable);
      if (argument == null) {
        findings.add(
            where,
            "its type variable "
                + variable.getName()
                + " is not one of "
                + parent.raw().getSimpleName(),
            "pass it on to " + parent.raw().getSimpleName() + ", or name a type");
        return Optional.empty();
      }
      arguments.add(argument);
    }
    return Optional.of(new Resolved(member, List.copyOf(arguments)));
  }

  private static Map<TypeVariable<?>, Resolved> argumentsGivenBy(Class<?> member, Resolved parent) {
    Map<TypeVariable<?>, Resolved> known = new HashMap<>();
    for (Type implemented : member.getGenericInterfaces()) {
      if (implemented instanceof ParameterizedType generic
          && generic.getRawType() == parent.raw()) {
        Type[] arguments = generic.getActualTypeArguments();
        for (int i = 0; i < arguments.length; i++) {
          if (arguments[i] instanceof TypeVariable<?> variable) {
            known.put(variable, parent.arguments().get(i));
          }
        }
      }
    }
    return known;
  }

  private void checkNames(List<Member> members, String where) {
    Map<Integer, Member> byId = new HashMap<>();
    for (Member member : members) {
      @Nullable Member other = byId.put(member.id(), member);
      if (other != null) {
        findings.add(
            where,
            other.shape().rawType().getName()
                + " and "
                + member.shape().rawType().getName()
                + " have one name on the wire: "
                + member.name(),
            "rename one of them");
      }
    }
  }
}
