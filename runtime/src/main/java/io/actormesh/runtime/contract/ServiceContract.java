package io.actormesh.runtime.contract;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A service's name and protocol, read from an ordinary typed Pekko protocol: a sealed interface of
 * records. A component of type {@code ActorRef<R>} makes a record request-reply, {@code
 * ActorRef<StatusReply<R>>} makes its reply one that can be an error, none makes it one-way. Nested
 * sealed interfaces are flattened, except one named {@code Internal}: what is under it, or named
 * with {@link Builder#internal}, is no operation, never on the wire, and may be anything.
 *
 * <p>A reply {@code Source<T, NotUsed>} (Java DSL) is a stream of {@code T}, and so is a component
 * {@code Source<T, NotUsed>}, of which a request-reply message may have one: the caller's stream
 * that the service reads. Elements are what components and replies may be.
 *
 * <p>Components may be primitives and their boxes, {@code String}, enums, {@code BigDecimal},
 * {@code BigInteger}, {@code UUID}, the values of {@code java.time}, arrays of primitives (mind
 * that records compare them by identity), {@code Optional}, {@code List}, {@code Set}, {@code Map}
 * (keyed by string, enum, number or UUID), records of such components, generic ones included, and
 * sealed interfaces of records. A record may contain itself through an {@code Optional} or a
 * collection.
 *
 * <p>Operations are named after their records in kebab case, {@code ReserveStock} is {@code
 * reserve-stock}, unless named otherwise. Fields may be added and removed while old and new nodes
 * talk: a missing one is null, zero, or empty.
 *
 * <p>Immutable and safe for use by any thread. Make one per protocol and keep it in a constant.
 *
 * @param <C> the protocol
 */
public final class ServiceContract<C> {
  private final String name;
  private final Class<C> protocol;
  private final List<Operation<C>> operations;
  private final Map<String, Operation<C>> byName;
  private final OperationTable<C> byMessage;
  private final String schema;

  private ServiceContract(String name, Class<C> protocol, List<Operation<C>> operations) {
    this.name = name;
    this.protocol = protocol;
    this.operations = List.copyOf(operations);
    this.byName =
        operations.stream()
            .collect(Collectors.toUnmodifiableMap(Operation::name, Function.identity()));
    this.byMessage = new OperationTable<>(name, this.operations);
    this.schema =
        operations.stream().map(Operation::schema).sorted().collect(Collectors.joining("\n"));
  }

  /**
   * The contract of a service whose operations need no settings.
   *
   * @param name of the form {@code [a-z][a-z0-9-]{0,62}}; it is the service's name everywhere
   * @throws ContractException with everything that is wrong with name and protocol
   */
  public static <C> ServiceContract<C> of(String name, Class<C> protocol) {
    return builder(name, protocol).build();
  }

  /** A contract with settings for some of its operations. */
  public static <C> Builder<C> builder(String name, Class<C> protocol) {
    return new Builder<>(name, protocol);
  }

  /** The service's name. */
  public String name() {
    return name;
  }

  /** The sealed interface it was read from. */
  public Class<C> protocol() {
    return protocol;
  }

  /** All operations in declaration order. */
  public List<Operation<C>> operations() {
    return operations;
  }

  /** The operation of this name. */
  public Optional<Operation<C>> operation(String operationName) {
    return Optional.ofNullable(byName.get(operationName));
  }

  /**
   * The operation that this message calls.
   *
   * @throws IllegalArgumentException if its class is no operation, such as an internal message
   */
  public Operation<C> operationOf(C message) {
    return byMessage.of(requireNonNull(message));
  }

  /** Canonical text of all operations, one a line; see {@link SchemaCompatibility}. */
  public String schema() {
    return schema;
  }

  @Override
  public String toString() {
    return name + operations;
  }

  /**
   * Makes a contract. Not thread-safe.
   *
   * @param <C> the protocol
   */
  public static final class Builder<C> {
    private final String name;
    private final Class<C> protocol;
    private final Map<Class<?>, OperationBuilder> settings = new HashMap<>();
    private final Set<Class<?>> internal = new HashSet<>();

    private Builder(String name, Class<C> protocol) {
      this.name = requireNonNull(name);
      this.protocol = requireNonNull(protocol);
    }

    /** Sets name, idempotence, deadline or priority of one operation. */
    @CanIgnoreReturnValue
    public Builder<C> operation(Class<? extends C> message, Consumer<OperationBuilder> changes) {
      changes.accept(settings.computeIfAbsent(message, type -> new OperationBuilder()));
      return this;
    }

    /** Messages that the actor sends itself: no operations, never on the wire. */
    @CanIgnoreReturnValue
    @SafeVarargs
    public final Builder<C> internal(Class<? extends C>... messages) {
      for (Class<? extends C> message : messages) {
        internal.add(message);
      }
      return this;
    }

    /**
     * Reads and checks the protocol.
     *
     * @throws ContractException with everything that is wrong with name, protocol and settings
     */
    public ServiceContract<C> build() {
      Findings findings = new Findings();
      if (!WireNames.isValid(name)) {
        findings.add(
            "service '" + name + "'",
            "its name is not of the form " + WireNames.SYNTAX,
            "use a lower-case letter, then lower-case letters, digits and hyphens, 63 at most");
      }
      List<Operation<C>> read = new ProtocolReader<>(protocol, settings, internal, findings).read();
      findings.throwIfAny(name);
      return new ServiceContract<>(name, protocol, read);
    }
  }
}
