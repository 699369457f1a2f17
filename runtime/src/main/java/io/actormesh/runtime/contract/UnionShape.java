package io.actormesh.runtime.contract;

import java.util.List;

/** A sealed interface of records. It may contain itself, so two are equal by identity alone. */
public final class UnionShape implements Shape {
  private final Class<?> rawType;
  private List<Member> members = List.of();

  /**
   * One of the records.
   *
   * @param name its name on the wire: the record's simple name in kebab case, such as {@code
   *     credit-card}
   * @param id a stable number made of the name, unique in its interface
   * @param shape the record
   */
  public record Member(String name, int id, CompositeShape shape) {}

  UnionShape(Class<?> rawType) {
    this.rawType = rawType;
  }

  /** Called once, before the shape is handed out. */
  void complete(List<Member> itsMembers) {
    members = List.copyOf(itsMembers);
  }

  @Override
  public Class<?> rawType() {
    return rawType;
  }

  /** All records, those of nested sealed interfaces included, in declaration order. */
  public List<Member> members() {
    return members;
  }

  @Override
  public String toString() {
    return rawType.getSimpleName();
  }
}
