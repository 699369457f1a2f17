package io.actormesh.runtime.contract;

import static java.util.Objects.requireNonNull;

import io.actormesh.runtime.call.Priority;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * One message type of a service: what it is called on the wire, what it carries, what it answers.
 * Immutable and safe for use by any thread; equal by identity, one per contract.
 *
 * @param <C> the service's protocol
 */
public final class Operation<C> {
  // Not an empty one: a stream that somebody forgot to supply must not look like one that ended.
  private static final Source<?, NotUsed> NO_ARGUMENT =
      Source.failed(new IllegalStateException("the message was made without its stream"));

  private final Class<? extends C> messageType;
  private final CompositeShape message;
  private final Reply reply;
  private final @Nullable Argument argument;
  private final OperationSettings settings;
  private final List<Field> fields;
  private final String schema;

  /** What the operation answers: nothing, one value of a shape, or a stream of elements. */
  record Reply(
      ReplyKind kind, @Nullable Type type, @Nullable Shape shape, @Nullable Shape element) {}

  /** The component that is a stream, and what it carries. */
  record Argument(String name, Shape element) {}

  Operation(
      Class<? extends C> messageType,
      CompositeShape message,
      Reply reply,
      Optional<Argument> argument,
      OperationSettings settings) {
    this.messageType = messageType;
    this.message = message;
    this.reply = reply;
    this.argument = argument.orElse(null);
    this.settings = settings;
    this.fields =
        message.components().stream()
            .map(c -> new Field(c.name(), c.type(), c.required(), c.index()))
            .toList();
    this.schema = SchemaText.of(this);
  }

  /** The name on the wire and, by convention, in URLs. */
  public String name() {
    return settings.name();
  }

  /** The record that is this operation's message. */
  public Class<? extends C> messageType() {
    return messageType;
  }

  /** Whether it replies, and whether its reply can be an error. */
  public ReplyKind replyKind() {
    return reply.kind();
  }

  /**
   * The reply type {@code R} of {@code ActorRef<R>} or {@code ActorRef<StatusReply<R>>}; a {@code
   * Source<T, NotUsed>} if the reply is a stream.
   */
  public Optional<Type> replyType() {
    return Optional.ofNullable(reply.type());
  }

  /** What the message carries, reply ref and streamed argument left out, in declaration order. */
  public List<Field> fields() {
    return fields;
  }

  /** Whether it answers nothing. */
  public boolean oneWay() {
    return reply.kind() == ReplyKind.NONE;
  }

  /** Whether its reply is a stream: its ref is one of {@code Source<T, NotUsed>}. */
  public boolean streamsReply() {
    return reply.element() != null;
  }

  /** The shape of the elements {@code T} of its reply; empty if the reply is no stream. */
  public Optional<Shape> replyElement() {
    return Optional.ofNullable(reply.element());
  }

  /** Whether a component of its message is a stream: {@code Source<T, NotUsed>}. */
  public boolean streamsArgument() {
    return argument != null;
  }

  /** The shape of the elements {@code T} of its argument; empty if no component is a stream. */
  public Optional<Shape> argumentElement() {
    return argument == null ? Optional.empty() : Optional.of(argument.element());
  }

  /** The name of the component that is a stream. */
  public Optional<String> argumentName() {
    return argument == null ? Optional.empty() : Optional.of(argument.name());
  }

  /** Whether running it twice does no more than running it once, so that it may be sent again. */
  public boolean idempotent() {
    return settings.idempotent();
  }

  /** How long a call of it may take, if the contract says so. */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(settings.deadline());
  }

  /** How important its calls are, if the contract says so. */
  public Optional<Priority> priority() {
    return Optional.ofNullable(settings.priority());
  }

  /** Canonical text of its name, fields and reply; see {@link SchemaCompatibility}. */
  public String schema() {
    return schema;
  }

  /** The shape of the message, reply ref and streamed argument left out. */
  public CompositeShape message() {
    return message;
  }

  /** The shape of the reply; empty for a one-way operation and for one that replies a stream. */
  public Optional<Shape> reply() {
    return Optional.ofNullable(reply.shape());
  }

  /**
   * A message with these values; if it takes a stream, with one that fails when it is run, to be
   * replaced by {@link #withArgument}.
   *
   * @param fieldValues one for each of {@link #fields()}, in their order; not kept
   * @param replyTo the reply ref; null for a one-way operation
   * @throws RuntimeException whatever the record's own constructor throws
   */
  public C create(@Nullable Object[] fieldValues, @Nullable ActorRef<?> replyTo) {
    return create(fieldValues, replyTo, argument == null ? null : NO_ARGUMENT);
  }

  /**
   * A message with these values.
   *
   * @param fieldValues one for each of {@link #fields()}, in their order; not kept
   * @param replyTo the reply ref; null for a one-way operation
   * @param argument the stream it takes, of elements of {@link #argumentElement()}; ignored if it
   *     takes none
   * @throws RuntimeException whatever the record's own constructor throws
   */
  public C create(
      @Nullable Object[] fieldValues,
      @Nullable ActorRef<?> replyTo,
      @Nullable Source<?, NotUsed> argument) {
    return messageType.cast(message.create(fieldValues, replyTo, argument));
  }

  /** A copy of the message with another reply ref; a one-way message is returned as it is. */
  public C withReplyTo(C message, ActorRef<?> replyTo) {
    return messageType.cast(this.message.withReplyTo(requireNonNull(message), replyTo));
  }

  /** A copy of the message with another stream; a message that takes none is returned as it is. */
  public C withArgument(C message, Source<?, NotUsed> stream) {
    return messageType.cast(this.message.withArgument(requireNonNull(message), stream));
  }

  /** The stream that the message takes; null if it takes none, or was made without. */
  @SuppressWarnings("unchecked") // a contract has no other Source
  public @Nullable Source<Object, NotUsed> argument(C message) {
    return (Source<Object, NotUsed>) this.message.argument(requireNonNull(message));
  }

  /** The value of the field at this position of {@link #fields()}. */
  public @Nullable Object value(C message, int field) {
    return this.message.value(requireNonNull(message), field);
  }

  @Override
  public String toString() {
    return name();
  }
}
