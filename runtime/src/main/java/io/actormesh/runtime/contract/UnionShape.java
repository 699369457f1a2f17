package io.actormesh.runtime.contract;

import java.util.List;
import java.util.Optional;

/** A sealed interface of records. It may contain itself, so two are equal by identity alone. */
public final class UnionShape implements Shape {
  private final Class<?> rawType;
  private List<Member> members = List.of();
  private Optional<Member> simplest = Optional.empty();

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

  /** Called once all records are complete. */
  void completeSimplest(Optional<Member> itsSimplest) {
    simplest = itsSimplest;
  }

  @Override
  public Class<?> rawType() {
    return rawType;
  }

  /** All records, those of nested sealed interfaces included, in declaration order. */
  public List<Member> members() {
    return members;
  }

  /** The record whose smallest value nests least: where samples of recursive types end. */
  public Optional<Member> simplest() {
    return simplest;
  }

  @Override
  public String toString() {
    return rawType.getSimpleName();
  }
}
